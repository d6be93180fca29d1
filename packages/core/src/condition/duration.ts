const DURATION = /^([1-9][0-9]{0,9})([mhdw])$/
const UNITS: { readonly [unit: string]: number } = { m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** A length of time: `<n><unit>` with m (60 s), h, d (24 h) or w (7 d) and a whole n of at least 1. */
export type Duration = string

/** Reads a duration as whole seconds, or `undefined` when it is none. */
export function parseDuration(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? DURATION.exec(value) : null
  if (parts === null) return undefined
  return Number(parts[1]) * UNITS[parts[2] as string]!
}

/** Seconds of a duration that was checked before. */
export function durationSeconds(duration: Duration): number {
  const seconds = parseDuration(duration)
  if (seconds === undefined)
    throw new Error(`[core] durationSeconds: ${duration} is no duration. Check the ruleset first.`)
  return seconds
}
