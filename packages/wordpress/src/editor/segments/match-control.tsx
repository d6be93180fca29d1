import { SelectControl } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import type { Show } from './show.ts'

interface MatchProps {
  readonly label: string
  readonly value: string
  readonly onChange: (match: string) => void
  /** An entry before the others, for where an audience may be absent. */
  readonly everyone?: string
}

/** Chooses how segments decide. */
export function MatchControl({ label, value, onChange, everyone }: MatchProps): ReactElement {
  const options: { value: Show; label: string }[] = [
    { value: 'any', label: __('Visitors in any of these segments', 'attune') },
    { value: 'all', label: __('Visitors in all of these segments', 'attune') },
    { value: 'none', label: __('Visitors in none of these segments', 'attune') },
    // It cannot be chosen, only be found.
    ...(value === 'nobody'
      ? [{ value, label: __('Nobody: what was chosen cannot be read', 'attune') } as const]
      : []),
  ]
  return (
    <SelectControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={label}
      value={value}
      options={everyone === undefined ? options : [{ value: '', label: everyone }, ...options]}
      onChange={onChange}
    />
  )
}
