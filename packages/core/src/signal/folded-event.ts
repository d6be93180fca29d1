import { type AttuneEvent, toSeconds } from '../event/event.ts'

/** An event as folding sees it: whole seconds, and whether it is the newest in the order. */
export interface FoldedEvent {
  readonly id: string
  readonly name: string
  readonly seconds: number
  readonly newest: boolean
  readonly properties: AttuneEvent['properties']
}

/** Prepares an event for folding. */
export function toFolded(event: AttuneEvent, newest: boolean): FoldedEvent {
  return {
    id: event.id,
    name: event.name,
    seconds: toSeconds(event.time),
    newest,
    properties: event.properties,
  }
}
