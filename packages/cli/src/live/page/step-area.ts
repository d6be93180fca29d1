/** Where a value stands on the drawing, from above. */
export type HeightOf = (value: number) => number

/**
 * The outline of an area between two series of the same length, as an SVG path: each value holds for its whole second, so that no line says what
 * was between two of them.
 */
export function stepArea(
  lower: readonly number[],
  upper: readonly number[],
  { left, width, heightOf }: { readonly left: number; readonly width: number; readonly heightOf: HeightOf },
): string {
  const each = width / upper.length
  const x = (at: number): number => round(left + at * each)
  const there = upper.map((value, at) => `V${round(heightOf(value))}H${x(at + 1)}`)
  const back = lower.map((_, at) => {
    const place = lower.length - 1 - at
    return `V${round(heightOf(lower[place]!))}H${x(place)}`
  })
  return `M${x(0)} ${round(heightOf(lower[0] ?? 0))}${there.join('')}${back.join('')}Z`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
