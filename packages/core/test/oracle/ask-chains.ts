import { matching } from './matching.ts'
import { type Asked, type Happening, inOrder, type Shape, seconds, type World, windowOf } from './world.ts'

interface Step {
  readonly event: string
  readonly where?: unknown
}

/** Different events took the steps in order. */
export function askChain(world: World, shape: Shape): Asked {
  const steps = (shape.sequence as readonly Step[]).map(({ event, where }) => matching(world, event, where))
  const gap = shape.gap === undefined ? Number.POSITIVE_INFINITY : seconds(shape.gap)
  const breakers = shape.unless === undefined ? [] : matching(world, shape.unless, undefined)
  const ends = chainEnds(steps, gap, breakers)
  const window = windowOf(shape)
  return {
    at: (now) => ends.some((at) => at > now - window),
    turns: () => ends.map((at) => at + window),
  }
}

/** The furthest stage of a funnel. */
export function askFunnel(world: World, shape: Shape): Asked {
  const { steps, within } = world.ruleset.funnels![shape.funnel as string]!
  const matched = steps.map(({ event, where }) => matching(world, event, where))
  const window = seconds(within)
  const endsOf = steps.map((_, step) => chainEnds(matched.slice(0, step + 1), Number.POSITIVE_INFINITY, []))
  const wanted = steps.findIndex(({ stage }) => stage === (shape.reached ?? shape.stage))
  return {
    at: (now) => {
      const furthest = endsOf.findLastIndex((ends) => ends.some((at) => at > now - window))
      return shape.reached === undefined ? furthest === wanted : furthest >= wanted
    },
    turns: () => endsOf.flat().map((at) => at + window),
  }
}

/** When each chain that took all steps, unbroken, took its last. */
function chainEnds(
  steps: readonly (readonly Happening[])[],
  gap: number,
  breakers: readonly Happening[],
): readonly number[] {
  return steps[0]!.flatMap((start) => {
    let reached: readonly Happening[] = [start]
    for (const step of steps.slice(1))
      reached = step.filter((event) =>
        reached.some((before) => inOrder(before, event) < 0 && event.at - before.at <= gap),
      )
    const whole = reached.filter(
      (end) => !breakers.some((event) => inOrder(start, event) < 0 && inOrder(event, end) < 0),
    )
    return whole.map(({ at }) => at)
  })
}
