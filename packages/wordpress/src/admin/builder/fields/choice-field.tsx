import type { Json } from '@attune/core/json'
import { type Option, SelectControl } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import type { MemberEditing } from '../editing.ts'
import { useHelp } from '../findings.tsx'

interface ChoiceProps {
  readonly label: string
  readonly help?: string
  readonly member: MemberEditing
  readonly options: readonly Option[]
  /** Words for leaving the member out. */
  readonly none?: string
}

/** Chooses a member's text out of several. What it is now stays to be chosen, even if it is none of them. */
export function ChoiceField({ label, help, member, options, none }: ChoiceProps): ReactElement {
  const value = typeof member.value === 'string' ? member.value : ''
  return (
    <SelectControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={label}
      help={useHelp(member.path, help)}
      value={value}
      options={[...withNone(none), ...withPresent(options, member.value)]}
      onChange={(chosen) => member.set(chosen === '' && none !== undefined ? undefined : chosen)}
    />
  )
}

/** Plain names as options. */
export function namesAsOptions(names: readonly string[]): readonly Option[] {
  return names.map((name) => ({ value: name, label: name }))
}

function withNone(none: string | undefined): readonly Option[] {
  return none === undefined ? [] : [{ value: '', label: none }]
}

function withPresent(options: readonly Option[], value: Json | undefined): readonly Option[] {
  if (typeof value !== 'string') return options
  if (options.some((option) => option.value === value)) return options
  const label = value === '' ? __('Choose…', 'attune') : unknownLabel(value)
  return [{ value, label }, ...options]
}

// translators: %s: a name that the ruleset does not define.
const unknownLabel = (value: string): string => sprintf(__('%s (unknown)', 'attune'), value)
