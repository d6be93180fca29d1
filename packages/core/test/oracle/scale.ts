// A mutant is judged by a tenth of the cases: what chance finds at all, it finds among those, or the vectors do.
const SHARE = process.env.ATTUNE_MUTATE === undefined ? 1 : 0.1

/** How many cases of chance to ask where `whole` are asked by `npm test`. */
export function scaled(whole: number): number {
  return Math.ceil(whole * SHARE)
}
