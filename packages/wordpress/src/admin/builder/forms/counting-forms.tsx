import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { textIn, withRenamed } from '../../document/json-at.ts'
import { memberEditing } from '../editing.ts'
import { ChoiceField } from '../fields/choice-field.tsx'
import { ComparisonField } from '../fields/comparison-field.tsx'
import { WithinField } from '../fields/duration-field.tsx'
import { EventField, PropertyField } from '../fields/event-field.tsx'
import { NumberInput } from '../fields/number-input.tsx'
import { WhereField } from '../fields/where-field.tsx'
import { useHelp } from '../findings.tsx'
import type { FormProps } from './form-props.ts'

/** How often something happened. */
export function CountForm({ editing }: FormProps): ReactElement {
  return (
    <>
      <EventField editing={editing} name="count" label={__('Event', 'attune')} />
      <ComparisonField editing={editing} label={__('How many times', 'attune')} />
      <WithinField editing={editing} />
      <WhereField editing={editing} event={textIn(editing.node, 'count')} />
    </>
  )
}

/** How many different values something had. */
export function DistinctForm({ editing }: FormProps): ReactElement {
  const event = textIn(editing.node, 'distinct')
  return (
    <>
      <EventField editing={editing} name="distinct" label={__('Event', 'attune')} />
      <PropertyField editing={editing} name="of" event={event} />
      <ComparisonField editing={editing} label={__('Different values', 'attune')} />
      <WithinField editing={editing} />
      <WhereField editing={editing} event={event} />
    </>
  )
}

const AGGREGATES = ['sum', 'avg', 'min', 'max'] as const

/** Sum, mean, least or greatest of a number that events carry. */
export function AggregateForm({ editing }: FormProps): ReactElement {
  const kind = AGGREGATES.find((name) => Object.hasOwn(editing.node, name)) ?? 'sum'
  const event = textIn(editing.node, kind)
  const words = {
    sum: __('Sum', 'attune'),
    avg: __('Mean', 'attune'),
    min: __('Least', 'attune'),
    max: __('Greatest', 'attune'),
  }
  return (
    <>
      <ChoiceField
        label={__('Which', 'attune')}
        member={{
          value: kind,
          path: `${editing.path}#kind`,
          set: (next) => typeof next === 'string' && editing.replace(withRenamed(editing.node, kind, next)),
        }}
        options={AGGREGATES.map((name) => ({ value: name, label: words[name] }))}
      />
      <PropertyField editing={editing} name="of" event={event} type="number" />
      <EventField editing={editing} name={kind} label={__('Event', 'attune')} />
      <ComparisonField editing={editing} label={__('How much', 'attune')} />
      <WithinField editing={editing} />
      <WhereField editing={editing} event={event} />
    </>
  )
}

/** Active in several of the last days or weeks. */
export function RegularForm({ editing }: FormProps): ReactElement {
  const least = memberEditing(editing, 'atLeast')
  const last = memberEditing(editing, 'ofLast')
  return (
    <>
      <EventField editing={editing} name="regular" label={__('Event', 'attune')} />
      <NumberInput
        label={__('In at least', 'attune')}
        help={useHelp(least.path)}
        min={1}
        value={least.value}
        onChange={least.set}
      />
      <NumberInput
        label={__('of the last', 'attune')}
        help={useHelp(last.path)}
        min={1}
        value={last.value}
        onChange={last.set}
      />
      <ChoiceField
        label={__('Period', 'attune')}
        member={memberEditing(editing, 'period')}
        options={[
          { value: 'day', label: __('days', 'attune') },
          { value: 'week', label: __('weeks', 'attune') },
        ]}
      />
      <WhereField editing={editing} event={textIn(editing.node, 'regular')} />
    </>
  )
}
