import type { FeedEvent } from '@attune/collector/watching'
import { heldOf } from '../terminal/held-of.ts'
import { printable, type Style } from '../terminal/style.ts'

const NAME_WIDTH = 18
const WORD_WIDTH = 9
const ALIAS_WIDTH = 6

/** One line about an event: when it came in UTC, what became of it, its name, whose it is as an alias, who told it where that was not a browser, and what it holds or why it was rejected. */
export function renderEvent(event: FeedEvent, style: Style, width: number): string {
  const { time, outcome, name, alias, source, reason, message, properties = {} } = event
  const paint = { accepted: style.green, duplicate: style.faint, rejected: style.red }[outcome]
  const why = reason === undefined ? [] : [`${reason}: ${message ?? ''}`]
  const told = source === undefined ? [] : [`from ${source}`]
  const head = [
    new Date(time).toISOString().slice(11, 23),
    paint(outcome.padEnd(WORD_WIDTH)),
    style.strong(printable(name ?? '–').padEnd(NAME_WIDTH)),
    style.faint((alias ?? '').padEnd(ALIAS_WIDTH)),
  ]
  const taken = 12 + WORD_WIDTH + Math.max(NAME_WIDTH, (name ?? '').length) + ALIAS_WIDTH + 2 * head.length
  return `${head.join('  ')}  ${cut(printable([...why, ...told, ...heldOf(properties)].join('  ')), width - taken)}`.trimEnd()
}

function cut(text: string, width: number): string {
  if (text.length <= width) return text
  return `${text.slice(0, Math.max(0, width - 1)).toWellFormed()}…`
}
