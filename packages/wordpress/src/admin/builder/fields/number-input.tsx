import type { Json } from '@attune/core/json'
import { TextControl } from '@wordpress/components'
import { useState } from '@wordpress/element'
import type { ReactElement, ReactNode } from 'react'

interface NumberProps {
  readonly label: string
  readonly help?: ReactNode
  readonly value: Json | undefined
  readonly min?: number
  readonly hideLabelFromVision?: boolean
  readonly onChange: (value: Json) => void
}

/** A number. What is none yet, such as an emptied field, is `null`, which the checker tells of. */
export function NumberInput({
  label,
  help,
  value,
  min,
  hideLabelFromVision = false,
  onChange,
}: NumberProps): ReactElement {
  const [text, setText] = useState(numberText(value))
  // What is being typed stays as it is; another value from outside replaces it.
  const shown = readNumber(text) === (value ?? null) ? text : numberText(value)
  return (
    <TextControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      type="number"
      label={label}
      hideLabelFromVision={hideLabelFromVision}
      help={help}
      value={shown}
      {...(min === undefined ? {} : { min })}
      step="any"
      className="attune-number"
      onChange={(typed) => {
        setText(typed)
        onChange(readNumber(typed))
      }}
    />
  )
}

function numberText(value: Json | undefined): string {
  return typeof value === 'number' ? String(value) : ''
}

function readNumber(text: string): number | null {
  const number = Number(text)
  return text.trim() === '' || !Number.isFinite(number) ? null : number
}
