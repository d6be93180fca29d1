import type { Json } from '@attune/core/json'
import { Button, type Option } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { ChoiceField } from '../builder/fields/choice-field.tsx'
import type { ValueType } from '../builder/fields/operators.ts'
import { ValueField } from '../builder/fields/value-field.tsx'

/** Values by name. */
export type Values = Readonly<Record<string, Json>>

/** A name that may have a value. */
export interface NamedValue extends Option {
  readonly type: ValueType
  /** All values that it may have, where they are few. */
  readonly known?: readonly string[] | undefined
}

interface RowsProps {
  readonly legend: string
  readonly names: readonly NamedValue[]
  readonly values: Values
  readonly onChange: (values: Values) => void
}

/** Values that are known of a persona, one a row. */
export function ValueRows({ legend, names, values, onChange }: RowsProps): ReactElement | null {
  const free = names.find(({ value }) => !Object.hasOwn(values, value))
  const entries = Object.entries(values)
  if (entries.length === 0 && free === undefined) return null
  const without = (name: string): Values => Object.fromEntries(entries.filter(([each]) => each !== name))
  return (
    <fieldset className="attune-rows">
      <legend>{legend}</legend>
      {entries.map(([name, value]) => (
        <Row
          key={name}
          name={name}
          value={value}
          names={names.filter((each) => each.value === name || !Object.hasOwn(values, each.value))}
          onValue={(next) => onChange({ ...values, [name]: next })}
          onName={(next) =>
            onChange(
              Object.fromEntries(
                entries.map(([each, kept]) => (each === name ? [next.value, emptyOf(next)] : [each, kept])),
              ),
            )
          }
          onRemove={() => onChange(without(name))}
        />
      ))}
      {free !== undefined && (
        <Button
          variant="secondary"
          size="small"
          onClick={() => onChange({ ...values, [free.value]: emptyOf(free) })}
        >
          {__('Add', 'attune')}
        </Button>
      )}
    </fieldset>
  )
}

interface RowProps {
  readonly name: string
  readonly value: Json
  readonly names: readonly NamedValue[]
  readonly onValue: (value: Json) => void
  readonly onName: (name: NamedValue) => void
  readonly onRemove: () => void
}

function Row({ name, value, names, onValue, onName, onRemove }: RowProps): ReactElement {
  const named = names.find((each) => each.value === name)
  const type = named?.type ?? 'any'
  return (
    <div className="attune-row">
      <ChoiceField
        label={__('What', 'attune')}
        member={{
          value: name,
          path: NOWHERE,
          set: (chosen) => {
            const next = names.find((each) => each.value === chosen)
            if (next !== undefined && next.value !== name) onName(next)
          },
        }}
        options={names}
      />
      <ValueField
        member={{ value, path: NOWHERE, set: (next) => onValue(next ?? null) }}
        operator={type === 'list' ? 'hasAny' : 'is'}
        type={type}
        {...(named?.known === undefined ? {} : { known: named.known })}
      />
      <Button
        variant="tertiary"
        size="small"
        isDestructive
        // translators: %s: what is taken away.
        label={sprintf(__('Remove %s', 'attune'), named?.label ?? name)}
        showTooltip
        onClick={onRemove}
      >
        {__('Remove', 'attune')}
      </Button>
    </div>
  )
}

// A persona is no part of the document: nothing is ever found there.
const NOWHERE = 'persona'

function emptyOf({ type, known }: NamedValue): Json {
  if (type === 'boolean') return true
  if (type === 'number') return 1
  return type === 'list' ? [] : (known?.[0] ?? '')
}
