import type { JsonObject } from '@attune/core/json'
import { TextareaControl } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { isJsonObject } from '../document/json-at.ts'
import { useEngine } from '../engine/use-engine.ts'
import type { Editing } from './editing.ts'
import { useHelp } from './findings.tsx'

interface RawProps {
  readonly editing: Editing
  readonly label?: string
  readonly rows?: number
  /** False where what was found is shown elsewhere. */
  readonly tellsFindings?: boolean
}

/** Edits an object as JSON. What cannot be read is told, and changes nothing. */
export function RawEditor({ editing, label, rows = 8, tellsFindings = true }: RawProps): ReactElement {
  const { engine } = useEngine(true)
  const [text, setText] = useState(() => toText(editing.node))
  const [written, setWritten] = useState(editing.node)
  const [trouble, setTrouble] = useState('')
  const help = useHelp(editing.path)
  // Another object from outside, such as an undone change, replaces the text.
  if (written !== editing.node) {
    setWritten(editing.node)
    setText(toText(editing.node))
    setTrouble('')
  }
  const write = (typed: string): void => {
    setText(typed)
    const read = engine?.readText(typed)
    if (read === undefined) return
    if (!read.ok) return setTrouble(read.problems.map(({ path, message }) => `${path}: ${message}`).join(' '))
    if (!isJsonObject(read.value)) return setTrouble(__('Write a JSON object: { … }.', 'attune'))
    setTrouble('')
    setWritten(read.value)
    editing.replace(read.value)
  }
  return (
    <TextareaControl
      __nextHasNoMarginBottom
      className="attune-raw"
      label={label ?? __('JSON', 'attune')}
      rows={rows}
      // Nothing that is typed may be lost for want of who reads it.
      disabled={engine === undefined}
      value={text}
      onChange={write}
      help={
        trouble === '' ? (
          tellsFindings && help
        ) : (
          <span className="attune-finding is-error">
            {
              // translators: %s: what cannot be read.
              sprintf(__('Not taken over yet: %s', 'attune'), trouble)
            }
          </span>
        )
      }
    />
  )
}

function toText(node: JsonObject): string {
  return JSON.stringify(node, null, 2)
}
