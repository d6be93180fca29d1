import { isPurpose } from '@attune/core'
import { CheckboxControl, SelectControl } from '@wordpress/components'
import { useMemo } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { MomentControl } from '../../editor/moment-control.tsx'
import { useNames } from '../builder/draft-context.ts'
import { DurationField } from '../builder/fields/duration-field.tsx'
import { knownValues, pathOptions, typeOfPath } from '../builder/forms/paths.ts'
import { purposeOptions } from '../builder/forms/state-forms.tsx'
import type { Names } from '../document/names.ts'
import { EventRows } from './event-rows.tsx'
import type { Persona } from './persona.ts'
import { personasFor } from './personas.ts'
import { type NamedValue, ValueRows } from './value-rows.tsx'

interface PersonaProps {
  readonly persona: Persona
  readonly onChange: (persona: Persona) => void
}

/** Makes up a visitor: what they did and when, what their visit says, what they agreed to, and what time it is. */
export function PersonaForm({ persona, onChange }: PersonaProps): ReactElement {
  const names = useNames()
  const set = (changes: Partial<Persona>): void => onChange({ ...persona, ...changes })
  const personas = useMemo(() => personasFor(names.events), [names])
  return (
    <div className="attune-persona">
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Begin with', 'attune')}
        value={personas.find((each) => each.persona === persona)?.key ?? ''}
        options={[
          { value: '', label: __('Somebody of your own', 'attune') },
          ...personas.map(({ key, label }) => ({ value: key, label })),
        ]}
        onChange={(key) => {
          const begun = personas.find((each) => each.key === key)
          if (begun !== undefined) onChange(begun.persona)
        }}
      />
      <EventRows events={persona.events} onChange={(events) => set({ events })} />
      <ValueRows
        legend={__('What the visit says', 'attune')}
        names={contextNames(names)}
        values={persona.context}
        onChange={(context) => set({ context })}
      />
      <ValueRows
        legend={__('Traits', 'attune')}
        names={names.traits.map(({ name }) => ({
          value: name,
          label: name,
          type: typeOfPath(`trait.${name}`, names),
        }))}
        values={persona.traits}
        onChange={(traits) => set({ traits })}
      />
      <Consent persona={persona} onChange={onChange} />
      <DurationField
        label={__('Known for', 'attune')}
        member={{
          value: persona.knownFor === '' ? undefined : persona.knownFor,
          path: 'persona',
          set: (value) => set({ knownFor: typeof value === 'string' ? value : '' }),
        }}
        none={__('since the oldest event', 'attune')}
      />
      <MomentControl
        label={__('Day and time', 'attune')}
        help={__('Empty is now.', 'attune')}
        value={persona.now}
        onChange={(now) => set({ now })}
      />
    </div>
  )
}

function Consent({ persona, onChange }: PersonaProps): ReactElement {
  return (
    <fieldset className="attune-rows">
      <legend>{__('Agreed to', 'attune')}</legend>
      {purposeOptions()
        .filter(({ value }) => value !== 'functional')
        .map(({ value, label }) => (
          <CheckboxControl
            key={value}
            __nextHasNoMarginBottom
            label={label}
            checked={persona.consent.some((purpose) => purpose === value)}
            onChange={(checked) => {
              const others = persona.consent.filter((purpose) => purpose !== value)
              onChange({ ...persona, consent: checked && isPurpose(value) ? [...others, value] : others })
            }}
          />
        ))}
    </fieldset>
  )
}

function contextNames(names: Names): readonly NamedValue[] {
  return pathOptions(names)
    .filter(({ value }) => !value.startsWith('trait.') && !value.endsWith('.'))
    .map((option) => ({ ...option, type: typeOfPath(option.value, names), known: knownValues(option.value) }))
}
