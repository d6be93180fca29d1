import type { Pulse } from '@attune/collector/watching'

/** What the live page shows: counts of the last minutes, and how the process stands. Names nobody. */
export interface Numbers extends Pulse {
  /** Each part of the process; why one is degraded is for those who may see the health page. Empty until it was looked at. */
  readonly parts: readonly { readonly part: string; readonly status: 'ok' | 'degraded' }[]
  /** Alarms that are open, one sentence each, and since when in milliseconds; `null` where nobody looks for any. */
  readonly alarms: readonly { readonly since: number; readonly text: string }[] | null
}

/** What the stream of numbers calls them. */
export const NUMBERS = 'numbers'
/** What the stream of events calls an event, and how many it left out. */
export const HEARD = 'heard'
export const MISSED = 'missed'
