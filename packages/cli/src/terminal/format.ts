const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const cents = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A count with its thousands apart: `541,909`. */
export function formatCount(value: number): string {
  return whole.format(value)
}

/** An amount with two decimals: `8,911,407.90`. */
export function formatAmount(value: number): string {
  return cents.format(value)
}

/** A share of a whole as `30.1 %`; a dash when there is no whole. */
export function formatShare(part: number, all: number): string {
  return all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`
}

/** Bytes in a unit a person reads: `7.6 MB` (powers of ten). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** A duration as `850 ms`, `4.2 s` or `3 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** An instant to the second: `2015-05-20T21:05:15Z`. */
export function formatInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** A count and its noun: `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
