// Requests for data of a page are never kept, so what tells them apart tells pages nothing.
const HARMLESS = /^(?:accept-encoding|x-attune-edge|rsc|next-url|next-router-.+)$/

/**
 * Seconds for which everybody may be shown an answer; 0: not at all. `silent` is how long when it says nothing, `most` is the most.
 */
export function lifetimeOf({ status, headers }: Response, silent: number, most: number): number {
  const varies =
    headers
      .get('vary')
      ?.toLowerCase()
      .split(/\s*,\s*/) ?? []
  if (status !== 200 || headers.has('set-cookie') || !varies.every((name) => HARMLESS.test(name))) return 0
  const said = headers.get('cache-control')?.toLowerCase() ?? ''
  if (/\b(?:private|no-store|no-cache)\b/.test(said)) return 0
  const told = /\bs-maxage=(\d+)/.exec(said)?.[1] ?? /\bmax-age=(\d+)/.exec(said)?.[1]
  const seconds = told === undefined ? silent : Number(told) - Number(headers.get('age') ?? 0)
  return Math.max(0, Math.min(seconds, most)) || 0
}
