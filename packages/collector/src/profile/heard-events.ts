import { eventsOf, type SignalPlan } from '@attune/core'

/** The names of events that some signal of a plan listens to; no other can change what is decided. */
export interface HeardEvents {
  has(name: string): boolean
}

/** Tells which events a plan hears. */
export function heardEvents({ signals }: SignalPlan): HeardEvents {
  const heard = signals.map(eventsOf)
  return heard.includes('every') ? { has: () => true } : new Set(heard.flat())
}
