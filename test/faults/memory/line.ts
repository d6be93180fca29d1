/** What a process held at an instant. */
export interface Sample {
  /** Seconds since the load began. */
  readonly at: number
  /** Bytes of JavaScript's heap in use, and of the whole process, after a collection. */
  readonly heap: number
  readonly rss: number
}

/** How a quantity went, in bytes. */
export interface Trend {
  readonly first: number
  readonly last: number
  /** Bytes a second, of the straight line with the least squares. */
  readonly slope: number
  /** What the line rises by over the time looked at. */
  readonly growth: number
  readonly isFlat: boolean
}

/** Growth that is none: caches and the allocator move about by so much of what is held, and by so many bytes. */
export interface Tolerance {
  readonly share: number
  readonly bytes: number
}

// At first a process compiles, fills its caches and finds its size.
const WARM_UP = 0.25

/** Lays a line through what was held after the first quarter of the time. */
export function trendOf(samples: readonly Sample[], kind: 'heap' | 'rss', tolerance: Tolerance): Trend {
  const end = samples.at(-1)?.at ?? 0
  const settled = samples.filter(({ at }) => at >= end * WARM_UP)
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const middle = mean(settled.map(({ at }) => at))
  const level = mean(settled.map((sample) => sample[kind]))
  const spread = settled.reduce((sum, { at }) => sum + (at - middle) ** 2, 0)
  const rise = settled.reduce((sum, sample) => sum + (sample.at - middle) * (sample[kind] - level), 0)
  const slope = spread === 0 ? 0 : rise / spread
  const growth = slope * (end - (settled[0]?.at ?? 0))
  const isFlat = growth <= Math.max(tolerance.bytes, tolerance.share * level)
  return { first: settled[0]?.[kind] ?? 0, last: settled.at(-1)?.[kind] ?? 0, slope, growth, isFlat }
}
