// 10,000 buckets: a share finer than this does not exist.
const FINEST = 10_000

/** The share of each variant when the default and `count` others get as many visitors each. */
export function evenShares(count: number): number {
  return Math.floor(FINEST / (count + 1)) / FINEST
}

/** What is left for the default, at least nothing. */
export function restShare(shares: readonly number[]): number {
  const given = shares.reduce((sum, share) => sum + Math.round(share * FINEST), 0)
  return Math.max(0, FINEST - given) / FINEST
}

/** A share for people: "33.33 %" without needless digits. */
export function percent(share: number): string {
  return `${Math.round(share * FINEST) / 100} %`
}
