const DURATION = /^([1-9][0-9]{0,9})([mhdw])$/
const UNITS: { readonly [unit: string]: number } = { m: 60, h: 3_600, d: 86_400, w: 604_800 }

/**
 * A length of time: a whole number from 1 and m (60 s), h, d (24 h) or w (7 d), for example `7d`.
 * @pattern ^[1-9][0-9]{0,9}[mhdw]$
 * @examples ["30m", "24h", "7d", "4w"]
 */
export type Duration = string

/** How far back from now, now included. Ever when left out; no longer than `retention.profile`. */
export type Within = Duration

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
