import { isObject, own } from '@attune/core'
import type { KeptRejection } from '@attune/storage'
import { countOf, formatCount, formatInstant } from '../terminal/format.ts'
import { heldOf } from '../terminal/held-of.ts'
import { printable } from '../terminal/style.ts'
import { renderTable } from '../terminal/table.ts'

/** How many there are beside those that are shown. */
export interface ListedCounts {
  /** Events that are kept, those that are shown among them. */
  readonly kept: number
  /** Of which nothing may be kept. */
  readonly counted: number
}

const COLUMNS = ['refused at', 'reason', 'name', 'properties'].map((title) => ({
  title,
  align: 'left' as const,
}))
const GAPS = 2 * COLUMNS.length

/** A table of refused events as wide as `width`: when in UTC, why, and as much of what as there is room for. */
export function renderList(
  shown: readonly KeptRejection[],
  { kept, counted }: ListedCounts,
  width: number,
): string {
  const rows = shown.map(({ time, reason, event }) => [formatInstant(time), reason, ...namedOf(event)])
  const widest = (column: number): number => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))
  const room = Math.max(
    COLUMNS[3]!.title.length,
    width - GAPS - widest(0) - Math.max(6, widest(1)) - Math.max(4, widest(2)),
  )
  const cut = rows.map((row) => row.map((cell, column) => (column === 3 ? shorten(cell, room) : cell)))
  const more =
    counted === 0
      ? ''
      : ` ${countOf(counted, 'other')} may not be kept, and ${counted === 1 ? 'is' : 'are'} counted alone.`
  const all =
    kept === 0
      ? 'None is kept.'
      : `${formatCount(shown.length)} of ${formatCount(kept)} that are kept; --json prints all of each.`
  return `${renderTable(COLUMNS, cut, width)}\n${all}${more}\n`
}

/** The same as JSON, a line for each with all that is kept of it. Whose it was is for a replay and an erase, not for those who look. */
export function renderLines(shown: readonly KeptRejection[]): string {
  const lines = shown.map(({ visitor, ...rest }) => ({ ...rest, hasVisitor: visitor !== undefined }))
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

// A text that is no event, or was cut at 4 KB, is shown as it came. A terminal must not be steered by what somebody sent.
function namedOf(text: string): readonly [name: string, held: string] {
  const event = parse(text)
  const name = isObject(event) ? own(event, 'name') : undefined
  const properties = isObject(event) ? own(event, 'properties') : undefined
  if (typeof name !== 'string') return ['–', printable(text)]
  return [shorten(printable(name), 24), printable(heldOf(isObject(properties) ? properties : {}).join(' '))]
}

function shorten(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1).toWellFormed()}…`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
