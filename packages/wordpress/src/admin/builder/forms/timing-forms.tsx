import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { textIn } from '../../document/json-at.ts'
import { memberEditing } from '../editing.ts'
import { ChoiceField } from '../fields/choice-field.tsx'
import { ComparisonField } from '../fields/comparison-field.tsx'
import { DurationField, WithinField } from '../fields/duration-field.tsx'
import { EventField } from '../fields/event-field.tsx'
import { WhereField } from '../fields/where-field.tsx'
import type { FormProps } from './form-props.ts'

/** Something did not happen for a while. */
export function AbsentForm({ editing }: FormProps): ReactElement {
  return (
    <>
      <EventField
        editing={editing}
        name="absent"
        label={__('Event', 'attune')}
        help={__('True only of visitors who are known for so long.', 'attune')}
      />
      <WithinField editing={editing} isOptional={false} />
      <WhereField editing={editing} event={textIn(editing.node, 'absent')} />
    </>
  )
}

/** The time passed since something happened. */
export function SinceForm({ editing }: FormProps): ReactElement {
  return (
    <>
      <EventField editing={editing} name="since" label={__('Event', 'attune')} />
      <ChoiceField
        label={__('Which time', 'attune')}
        member={memberEditing(editing, 'which')}
        none={__('the last', 'attune')}
        options={[{ value: 'first', label: __('the first', 'attune') }]}
      />
      <ComparisonField editing={editing} label={__('How long ago', 'attune')} unit="duration" />
      <WhereField editing={editing} event={textIn(editing.node, 'since')} />
    </>
  )
}

/** Something was begun and not finished. */
export function UnfinishedForm({ editing }: FormProps): ReactElement {
  return (
    <>
      <EventField editing={editing} name="unfinished" label={__('Began', 'attune')} />
      <EventField editing={editing} name="without" label={__('Did not finish', 'attune')} />
      <DurationField label={__('For at least', 'attune')} member={memberEditing(editing, 'for')} />
      <WithinField editing={editing} isOptional={false} />
      <WhereField editing={editing} event={textIn(editing.node, 'unfinished')} />
    </>
  )
}
