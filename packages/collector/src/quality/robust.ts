/** The middle of some numbers; of an even count, between the two in the middle. `NaN` of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * How far numbers lie from their middle, as a standard deviation would say it of a normal distribution: 1.4826 × the median absolute
 * deviation (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). Up to half of them may be outliers.
 */
export function robustDeviation(values: readonly number[], middle: number = median(values)): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)))
}
