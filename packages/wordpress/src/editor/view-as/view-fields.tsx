import { SelectControl, TextControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { MomentControl } from '../moment-control.tsx'
import { SegmentPicker } from '../segments/segment-picker.tsx'
import { useSegments } from '../segments/use-segments.ts'
import { personas } from './personas.ts'
import type { View } from './view.ts'

interface FieldsProps {
  readonly view: View
  readonly onChange: (view: View) => void
}

/** Describes the visitor as whom the page is looked at. */
export function ViewFields({ view, onChange }: FieldsProps): ReactElement {
  const { context } = view
  const hasSegments = useSegments()?.length !== 0
  return (
    <>
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Country', 'attune')}
        help={__('Two letters, such as DE.', 'attune')}
        value={context.geo?.country ?? ''}
        onChange={(text) => {
          const country = text.trim().toUpperCase().slice(0, 2)
          const { geo: _, ...others } = context
          onChange({ ...view, context: country === '' ? others : { ...others, geo: { country } } })
        }}
      />
      <MomentControl
        label={__('Day and time', 'attune')}
        help={__('Empty is now.', 'attune')}
        value={view.now === undefined ? '' : new Date(view.now).toISOString()}
        onChange={(value) => onChange({ ...view, now: value === '' ? undefined : Date.parse(value) })}
      />
      <Assumed label={__('Is in these segments', 'attune')} matches view={view} onChange={onChange} />
      {hasSegments && (
        <Assumed
          label={__('Is not in these segments', 'attune')}
          matches={false}
          view={view}
          onChange={onChange}
        />
      )}
    </>
  )
}

interface AssumedProps extends FieldsProps {
  readonly label: string
  readonly matches: boolean
}

function Assumed({ label, matches, view, onChange }: AssumedProps): ReactElement {
  const chosen = Object.keys(view.assume).filter((key) => view.assume[key] === matches)
  const choose = (keys: readonly string[]): void => {
    const others = Object.entries(view.assume).filter(
      ([key, value]) => value !== matches && !keys.includes(key),
    )
    const assume = Object.fromEntries([...others, ...keys.map((key) => [key, matches] as const)])
    onChange({ ...view, assume })
  }
  return <SegmentPicker label={label} chosen={chosen} onChange={choose} />
}

interface PersonaProps {
  readonly view: View | undefined
  readonly onChange: (view: View | undefined) => void
}

/** Chooses one of the visitors to begin with, or nobody. */
export function PersonaControl({ view, onChange }: PersonaProps): ReactElement {
  const options = personas()
  return (
    <SelectControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={__('Look at this page as', 'attune')}
      value={view?.persona ?? ''}
      options={[
        { value: '', label: __('Nobody: edit as usual', 'attune') },
        ...options.map(({ key, label }) => ({ value: key, label })),
      ]}
      onChange={(key) => {
        const persona = options.find((option) => option.key === key)
        if (persona === undefined) return onChange(undefined)
        const { assume = {}, now } = view ?? {}
        const geo = view?.context.geo
        const context = geo === undefined ? persona.context : { ...persona.context, geo }
        onChange({ persona: key, context, assume, now })
      }}
    />
  )
}
