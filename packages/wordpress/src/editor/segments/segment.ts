/** What the answer to a segment depends on: nothing of the visitor, what a request tells, or the visitor's own history. */
export type SegmentScope = 'static' | 'coarse' | 'private'

/** A segment of the published ruleset as `GET attune/v1/segments` tells of it. */
export interface Segment {
  readonly key: string
  readonly label: string
  readonly scope: SegmentScope
  readonly confidential: boolean
  /** Its variants are shown on pages that caches keep, too. */
  readonly cached: boolean
  /** In how many posts it is used. */
  readonly usage: number
  /** What it says in plain words, where the document was kept. */
  readonly sentence: string
}

/** Reads the answer of `GET attune/v1/segments`; entries that are no segments are left out. */
export function readSegments(answer: unknown): readonly Segment[] {
  return Array.isArray(answer) ? answer.flatMap(readSegment) : []
}

function readSegment(entry: unknown): readonly Segment[] {
  if (typeof entry !== 'object' || entry === null || !('key' in entry)) return []
  const {
    key,
    label,
    scope,
    confidential,
    cached,
    usage,
    sentence,
  }: Partial<Record<keyof Segment, unknown>> = entry
  if (typeof key !== 'string') return []
  return [
    {
      key,
      label: typeof label === 'string' && label !== '' ? label : key,
      scope: scope === 'static' || scope === 'coarse' ? scope : 'private',
      confidential: confidential === true,
      cached: cached !== false,
      usage: typeof usage === 'number' ? usage : 0,
      sentence: typeof sentence === 'string' ? sentence : '',
    },
  ]
}
