import { safely } from '../safely.ts'
import type { QueuedEvent } from './create-event.ts'

const KEY = 'attune_queue'

/**
 * The queue as it outlives a navigation: what waits, the time (milliseconds) before which nothing may be sent, and how many tries have
 * failed in a row.
 */
export type Mirrored = readonly [events: QueuedEvent[], notBefore: number, attempt: number]

/** Copies the queue to sessionStorage. Where storage is off or full, the queue lives as long as the page. */
export function saveQueue(window: Window, mirrored: Mirrored): void {
  safely(() => {
    if (mirrored[0][0]) window.sessionStorage.setItem(KEY, JSON.stringify(mirrored))
    else window.sessionStorage.removeItem(KEY)
  })
}

/** Reads what an earlier page of this tab could not send; `undefined` if there is nothing, or nothing readable. */
export function loadQueue(window: Window): Mirrored | undefined {
  return safely(() => {
    const [events, notBefore, attempt] = JSON.parse(window.sessionStorage.getItem(KEY) ?? '')
    return [events.filter((event: QueuedEvent) => event.id), +notBefore || 0, attempt | 0]
  })
}
