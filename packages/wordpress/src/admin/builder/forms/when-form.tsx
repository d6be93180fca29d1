import type { Json } from '@attune/core/json'
import { CheckboxControl, TextControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { MomentControl } from '../../../editor/moment-control.tsx'
import { isJsonList, isJsonObject, listIn, memberOf, textIn } from '../../document/json-at.ts'
import { type Editing, memberEditing, objectEditing } from '../editing.ts'
import { ChoiceField } from '../fields/choice-field.tsx'
import { NumberInput } from '../fields/number-input.tsx'
import { useHelp } from '../findings.tsx'
import type { FormProps } from './form-props.ts'

/** Days, hours and weekdays. */
export function WhenForm({ editing }: FormProps): ReactElement {
  const when = memberOf(editing.node, 'when')
  const span = objectEditing(editing, 'when', isJsonObject(when) ? when : {})
  return (
    <>
      <Moment editing={span} name="from" label={__('From', 'attune')} />
      <Moment editing={span} name="until" label={__('Until', 'attune')} />
      <Weekdays editing={span} />
      <Hours editing={span} />
      <Zone editing={span} />
    </>
  )
}

interface MomentProps {
  readonly editing: Editing
  readonly name: string
  readonly label: string
}

function Moment({ editing, name, label }: MomentProps): ReactElement {
  const member = memberEditing(editing, name)
  const help = useHelp(member.path)
  return (
    <div>
      <MomentControl
        label={label}
        value={textIn(editing.node, name)}
        onChange={(value) => member.set(value === '' ? undefined : value)}
      />
      {help}
    </div>
  )
}

function Weekdays({ editing }: { readonly editing: Editing }): ReactElement {
  const member = memberEditing(editing, 'weekdays')
  const chosen = listIn(editing.node, 'weekdays')
  const days = weekdays()
  return (
    <fieldset className="attune-weekdays">
      <legend>{__('Only on', 'attune')}</legend>
      {days.map(({ value, label }) => (
        <CheckboxControl
          key={value}
          __nextHasNoMarginBottom
          label={label}
          checked={chosen.includes(value)}
          onChange={(checked) => {
            const next = days
              .map((day) => day.value)
              .filter((day) => (day === value ? checked : chosen.includes(day)))
            member.set(next.length === 0 ? undefined : next)
          }}
        />
      ))}
      {useHelp(member.path)}
    </fieldset>
  )
}

function Hours({ editing }: { readonly editing: Editing }): ReactElement {
  const member = memberEditing(editing, 'hours')
  const hours = isJsonList(member.value) ? member.value : undefined
  const [from = null, until = null] = hours ?? []
  const help = useHelp(member.path)
  const bound = (at: 0 | 1, hour: Json): void => member.set(at === 0 ? [hour, until] : [from, hour])
  return (
    <div className="attune-row">
      <CheckboxControl
        __nextHasNoMarginBottom
        label={__('Only at some hours', 'attune')}
        checked={hours !== undefined}
        onChange={(checked) => member.set(checked ? [18, 24] : undefined)}
      />
      {hours !== undefined && (
        <>
          <NumberInput
            label={__('From the hour', 'attune')}
            help={help}
            min={0}
            value={from}
            onChange={(hour) => bound(0, hour)}
          />
          <NumberInput
            label={__('until before', 'attune')}
            min={0}
            value={until}
            onChange={(hour) => bound(1, hour)}
          />
        </>
      )}
    </div>
  )
}

function Zone({ editing }: { readonly editing: Editing }): ReactElement {
  const member = memberEditing(editing, 'timezone')
  const zone = typeof member.value === 'string' ? member.value : undefined
  const isNamed = zone !== undefined && zone !== 'visitor'
  return (
    <>
      <ChoiceField
        label={__('Whose clock', 'attune')}
        member={{
          value: isNamed ? 'named' : (zone ?? ''),
          path: `${member.path}#whose`,
          set: (chosen) =>
            member.set(chosen === 'named' ? 'Europe/London' : chosen === '' ? undefined : chosen),
        }}
        none={__('the ruleset’s', 'attune')}
        options={[
          { value: 'visitor', label: __('the visitor’s own', 'attune') },
          { value: 'named', label: __('of a time zone', 'attune') },
        ]}
      />
      {isNamed && <NamedZone member={member} zone={zone} />}
    </>
  )
}

function NamedZone({
  member,
  zone,
}: {
  readonly member: ReturnType<typeof memberEditing>
  readonly zone: string
}): ReactElement {
  return (
    <TextControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={__('Time zone', 'attune')}
      help={useHelp(member.path)}
      value={zone}
      onChange={member.set}
    />
  )
}

function weekdays(): readonly { readonly value: string; readonly label: string }[] {
  return [
    { value: 'mon', label: __('Monday', 'attune') },
    { value: 'tue', label: __('Tuesday', 'attune') },
    { value: 'wed', label: __('Wednesday', 'attune') },
    { value: 'thu', label: __('Thursday', 'attune') },
    { value: 'fri', label: __('Friday', 'attune') },
    { value: 'sat', label: __('Saturday', 'attune') },
    { value: 'sun', label: __('Sunday', 'attune') },
  ]
}
