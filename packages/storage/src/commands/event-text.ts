import type { AttuneEvent } from '@attune/core'
import type { KeptEvent } from '../kept-event.ts'

/** Writes an event for its field, which is named after its id. */
export function writeEventText({ name, time, properties, context }: KeptEvent): string {
  const start = `[${JSON.stringify(name)},${time},${properties}`
  return context === null ? `${start}]` : `${start},${context}]`
}

/** Reads what `writeEventText` wrote. */
export function readEventText(id: string, text: string): AttuneEvent {
  const [name, time, properties, context] = JSON.parse(text) as [
    string,
    number,
    AttuneEvent['properties'],
  ] & {
    readonly 3?: AttuneEvent['context']
  }
  const event = { id, name, time, properties }
  return context === undefined ? event : { ...event, context }
}
