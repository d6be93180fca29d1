import { testValue } from './values.ts'
import { type Happening, member, type Shape, type World } from './world.ts'

/** The events of a name that pass a filter, in their order. */
export function matching(world: World, name: unknown, where: unknown): readonly Happening[] {
  const tests = Object.entries((where ?? {}) as Shape)
  return world.events.filter(
    (event) => event.name === name && tests.every(([property, test]) => passes(event, property, test)),
  )
}

function passes(event: Happening, property: string, test: unknown): boolean {
  const value = member(event.properties, property)
  return testValue(value, typeof test === 'object' ? (test as Shape) : { is: test }) === true
}

/** The events in the 60 buckets of a window's ring. */
export function inRing<T extends { readonly at: number }>(
  events: readonly T[],
  window: number,
  now: number,
): readonly T[] {
  const g = window / 60
  return events.filter(({ at }) => Math.floor(at / g) > Math.floor(now / g) - 60)
}

/** The instants at which the buckets of events leave a window's ring. */
export function ringTurns(events: readonly { readonly at: number }[], window: number): readonly number[] {
  const g = window / 60
  return events.map(({ at }) => (Math.floor(at / g) + 60) * g)
}
