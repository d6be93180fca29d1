/** Whole numbers of seconds that five minutes have without a rest. */
const SIZES = [1, 2, 3, 4, 5, 6, 10]
// What is narrower the eye takes for a smear.
const LEAST_PIXELS = 2.5

/** How many seconds one step of a drawing stands for, so that each can be seen: `seconds` of them in so many pixels. */
export function stepSize(seconds: number, pixels: number): number {
  return SIZES.find((size) => (pixels * size) / seconds >= LEAST_PIXELS) ?? SIZES.at(-1)!
}

/** Puts so many values at a time in one: their mean. */
export function mergeSteps(values: readonly number[], size: number): readonly number[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, at) => {
    const part = values.slice(at * size, (at + 1) * size)
    return part.reduce((sum, value) => sum + value, 0) / size
  })
}
