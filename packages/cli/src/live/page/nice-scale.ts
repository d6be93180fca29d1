/** A scale from zero whose steps are 1, 2 or 5 times a power of ten. */
export interface Scale {
  readonly most: number
  /** Zero first, `most` last. */
  readonly ticks: readonly number[]
}

/** The smallest such scale of whole numbers, in five steps at most, that a value fits on. */
export function niceScale(value: number): Scale {
  const need = Math.max(1, value)
  const power = 10 ** Math.floor(Math.log10(need / 5))
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((size) => size * 5 >= need)!)
  const steps = Math.ceil(need / step)
  return { most: steps * step, ticks: Array.from({ length: steps + 1 }, (_, at) => at * step) }
}
