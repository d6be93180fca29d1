/** A value below which `share` of the values lie. */
export function percentileOf(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

export const middle = (values) => percentileOf(values, 0.5)

/** Ratios within each round, so that a slow moment of the machine slows both. */
export const inRound = (times, others) => times.map((time, round) => time / others[round])
