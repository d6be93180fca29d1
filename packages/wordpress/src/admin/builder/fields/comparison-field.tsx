import { SelectControl } from '@wordpress/components'
import { Fragment } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonList } from '../../document/json-at.ts'
import { type Editing, type MemberEditing, memberEditing } from '../editing.ts'
import { useHelp } from '../findings.tsx'
import { COMPARATORS, comparatorIn, comparatorWords, withComparator } from './comparator.ts'
import { DurationField } from './duration-field.tsx'
import { NumberInput } from './number-input.tsx'

interface ComparisonProps {
  readonly editing: Editing
  /** What is compared: "How often". */
  readonly label: string
  readonly unit?: 'number' | 'duration'
  /** The least number that makes sense. */
  readonly min?: number
}

/** Compares with a number or a length of time; the comparator's name is the member that holds it. */
export function ComparisonField({ editing, label, unit = 'number', min = 0 }: ComparisonProps): ReactElement {
  const comparator = comparatorIn(editing.node) ?? 'atLeast'
  const member = memberEditing(editing, comparator)
  const bounds = comparator === 'between' ? pairEditing(member) : [member]
  return (
    <div className="attune-comparison">
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={label}
        value={comparator}
        options={COMPARATORS.map((name) => ({ value: name, label: comparatorWords(name) }))}
        onChange={(name) => {
          const chosen = COMPARATORS.find((each) => each === name)
          if (chosen !== undefined) editing.replace(withComparator(editing.node, chosen))
        }}
      />
      {bounds.map((bound, at) => (
        <Fragment key={bound.path}>
          {at > 0 && <span className="attune-between">{__('and', 'attune')}</span>}
          {unit === 'duration' ? (
            <DurationField label={boundLabel(label, at)} hidesLabel member={bound} />
          ) : (
            <Bound label={boundLabel(label, at)} member={bound} min={min} />
          )}
        </Fragment>
      ))}
    </div>
  )
}

function boundLabel(label: string, at: number): string {
  // translators: %s: what is compared.
  return at === 0
    ? sprintf(__('%s: value', 'attune'), label)
    : sprintf(__('%s: upper value', 'attune'), label)
}

function Bound({
  label,
  member,
  min,
}: {
  readonly label: string
  readonly member: MemberEditing
  readonly min: number
}): ReactElement {
  return (
    <NumberInput
      label={label}
      hideLabelFromVision
      help={useHelp(member.path)}
      value={member.value}
      min={min}
      onChange={member.set}
    />
  )
}

function pairEditing({ value, path, set }: MemberEditing): readonly MemberEditing[] {
  const [from = null, to = null] = isJsonList(value) ? value : []
  return [
    { value: from, path: `${path}[0]`, set: (bound) => set([bound ?? null, to]) },
    { value: to, path: `${path}[1]`, set: (bound) => set([from, bound ?? null]) },
  ]
}
