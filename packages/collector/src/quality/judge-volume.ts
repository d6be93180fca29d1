import { median, robustDeviation } from './robust.ts'

/** How a window's count stands to what such a window has. */
export interface VolumeJudgement {
  readonly expected: number
  /** How many usual deviations it lies above what was expected; below, negative. */
  readonly deviations: number
  /** Seen by expected. */
  readonly ratio: number
}

const WEEKS = 4
// No site is steadier than this from week to week.
const LEAST_NOISE = 0.05

/**
 * Judges the count of a window by its hour of the week: `history` holds the counts of the windows before it, without a gap, `perDay` of
 * them a day. Expected is the median of the same window in up to four weeks before, times the level of the last day; the noise is that
 * of the last week's residuals, in logarithms and at least Poisson's. A robust form of the multiplicative seasonal decomposition of
 * Cleveland et al. (STL, 1990), with the modified z-score of Iglewicz and Hoaglin (1993). `undefined` until there are a week and a day.
 */
export function judgeVolume(
  history: readonly number[],
  seen: number,
  perDay: number,
): VolumeJudgement | undefined {
  const at = history.length
  const perWeek = 7 * perDay
  const season = seasonOf(history, at, perWeek)
  const past = range(Math.max(perWeek, at - perWeek), at).map((index) => residual(history, index, perWeek))
  if (season === undefined || past.length < perDay) return undefined
  const level = median(past.slice(-perDay).map(({ log }) => log))
  const middle = median(past.map(({ log }) => log))
  const spread = robustDeviation(
    past.map(({ log, noise }) => (log - middle) / noise),
    0,
  )
  const expected = (season + 1) * Math.exp(level) - 1
  const log = Math.log((seen + 1) / (expected + 1))
  const ratio = (seen + 1) / (expected + 1)
  return {
    expected: Math.max(0, expected),
    deviations: log / (noiseOf(expected) * Math.max(1, spread)),
    ratio,
  }
}

function residual(history: readonly number[], index: number, perWeek: number) {
  const season = seasonOf(history, index, perWeek) ?? 0
  return { log: Math.log((history[index]! + 1) / (season + 1)), noise: noiseOf(season) }
}

function seasonOf(history: readonly number[], index: number, perWeek: number): number | undefined {
  const same = range(1, WEEKS + 1).map((week) => history[index - week * perWeek])
  const known = same.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : median(known)
}

// Of a Poisson count around n the logarithm has a deviation of about 1 by the root of n.
function noiseOf(expected: number): number {
  return Math.sqrt(LEAST_NOISE ** 2 + 1 / (Math.max(0, expected) + 1))
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)
}
