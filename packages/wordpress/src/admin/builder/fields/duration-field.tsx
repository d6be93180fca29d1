import { type Option, SelectControl } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { type Editing, type MemberEditing, memberEditing } from '../editing.ts'
import { useHelp } from '../findings.tsx'
import { NumberInput } from './number-input.tsx'

interface DurationProps {
  readonly label: string
  readonly member: MemberEditing
  readonly hidesLabel?: boolean
  /** Words for leaving it out, such as "ever". */
  readonly none?: string
}

const DURATION = /^(\d+)([mhdw])$/

/** A length of time: a number and its unit. */
export function DurationField({ label, member, none, hidesLabel = false }: DurationProps): ReactElement {
  const [, count, unit] = DURATION.exec(typeof member.value === 'string' ? member.value : '') ?? []
  const isNone = member.value === undefined && none !== undefined
  const write = (number: string, of: string): void => member.set(of === '' ? undefined : `${number}${of}`)
  const help = useHelp(member.path)
  return (
    <div className="attune-duration">
      {!isNone && (
        <NumberInput
          label={label}
          hideLabelFromVision={hidesLabel}
          help={help}
          min={1}
          value={count === undefined ? null : Number(count)}
          onChange={(number) => write(String(number ?? ''), unit ?? 'd')}
        />
      )}
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        // translators: %s: what the length of time is for.
        label={isNone ? label : sprintf(__('%s: unit', 'attune'), label)}
        hideLabelFromVision={!isNone || hidesLabel}
        value={isNone ? '' : (unit ?? 'd')}
        options={none === undefined ? units() : [{ value: '', label: none }, ...units()]}
        onChange={(chosen) => write(count ?? '7', chosen)}
      />
    </div>
  )
}

/** The window in which something happened; ever when left out. */
export function WithinField({
  editing,
  isOptional = true,
}: {
  readonly editing: Editing
  readonly isOptional?: boolean
}): ReactElement {
  return (
    <DurationField
      label={__('In the last', 'attune')}
      member={memberEditing(editing, 'within')}
      {...(isOptional ? { none: __('ever', 'attune') } : {})}
    />
  )
}

function units(): readonly Option[] {
  return [
    { value: 'm', label: __('minutes', 'attune') },
    { value: 'h', label: __('hours', 'attune') },
    { value: 'd', label: __('days', 'attune') },
    { value: 'w', label: __('weeks', 'attune') },
  ]
}
