import { type AttuneEvent, toSeconds } from '../event/event.ts'

/** An event as folding sees it: whole seconds, and whether it is the newest in the order. */
export interface FoldedEvent {
  readonly id: string
  readonly name: string
  readonly seconds: number
  readonly newest: boolean
  readonly properties: AttuneEvent['properties']
  readonly context: AttuneEvent['context']
}

/** Prepares an event for folding. */
export function toFolded({ id, name, time, properties, context }: AttuneEvent, newest: boolean): FoldedEvent {
  return { id, name, seconds: toSeconds(time), newest, properties, context }
}
