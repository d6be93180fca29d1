import { TextControl } from '@wordpress/components'
import { date, getDate } from '@wordpress/date'
import type { ReactElement } from 'react'

interface MomentProps {
  readonly label: string
  readonly help?: string
  /** RFC 3339, or empty. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Chooses a day and time in the site's time zone. */
export function MomentControl({ label, help, value, onChange }: MomentProps): ReactElement {
  return (
    <TextControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      type="datetime-local"
      label={label}
      help={help}
      value={Number.isNaN(Date.parse(value)) ? '' : date('Y-m-d\\TH:i', value)}
      onChange={(local) => onChange(local === '' ? '' : toInstant(getDate(local)))}
    />
  )
}

function toInstant(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}
