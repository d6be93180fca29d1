import type { SignalPlan } from '@attune/core'

/** The events that some signal of a plan listens to; no other can change what is decided. */
export function heardEvents({ signals }: SignalPlan): ReadonlySet<string> {
  return new Set(
    signals.flatMap((signal) => (signal.kind === 'interest' ? Object.keys(signal.points) : [signal.event])),
  )
}
