import type { SignalPlan } from './plan-signals.ts'

/** The context paths that a plan's touches ask for; no other is recorded. */
export function recordedPaths({ signals }: Pick<SignalPlan, 'signals'>): readonly string[] {
  return signals.flatMap((signal) => (signal.kind === 'touch' ? [signal.of] : []))
}
