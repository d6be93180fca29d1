import { type AttuneEvent, compareEvents, IDENTIFY, type TraitValue } from '@attune/core'
import { createRandom } from './random.ts'
import type { World } from './world.ts'

// Comes last of the ids of one second.
const LAST = '\u{10ffff}'
const WEIGHTS = '$weights'

/** Weaves `identify` events into those of a world, in the order given, that in the end tell exactly the world's traits: most tellings do not stand. */
export function withTellings(world: World, events: readonly AttuneEvent[]): readonly AttuneEvent[] {
  if (events.length === 0) return events
  const sorted = [...events].sort(compareEvents)
  const newest = sorted.at(-1)!
  const random = createRandom(events.length)
  const told = Object.entries(world.traits).flatMap(([name, value], at) => {
    const one = (id: string, time: number, said: TraitValue | null, weight: number): AttuneEvent => ({
      id,
      name: IDENTIFY,
      time,
      properties: { [name]: said, ...(weight === 0 ? {} : { [WEIGHTS]: { [name]: weight } }) },
    })
    const weighs = random.below(3)
    const before = Array.from({ length: random.below(4) }, (_, turn) =>
      one(
        `~${at}-${turn}`,
        random.pick(sorted).time,
        random.pick(['other', 7, ['x'], null]),
        random.below(weighs + 1),
      ),
    )
    const lighter = weighs === 0 ? [] : [one(`${LAST}${LAST}${at}`, newest.time, 'lighter', weighs - 1)]
    return [...before, one(`${LAST}${at}`, newest.time, value, weighs), ...lighter]
  })
  const gone = [sorted[0]!, newest].map(({ time }, at) => ({
    id: `${LAST}gone${at}`,
    name: IDENTIFY,
    time,
    properties: { gone: at === 0 ? 'here' : null },
  }))
  return events.flatMap((event, at) => [
    event,
    ...[...told, ...gone].filter((_, turn) => (turn * 7_919) % events.length === at),
  ])
}
