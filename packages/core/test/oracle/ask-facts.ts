import { testValue } from './values.ts'
import { type Asked, follow, granted, type Shape, type World } from './world.ts'

/** A trait or a value of the request's context. */
export function askAttr(world: World, shape: Shape): Asked {
  const path = shape.attr as string
  const from = path.startsWith('trait.') ? { trait: world.traits } : world.context
  return fixed(testValue(follow(from, path), shape))
}

/** The value of a path in the first or the last event that carries one. */
export function askTouch(world: World, shape: Shape): Asked {
  const values = world.events.map(({ context }) => follow(context, shape.of as string))
  const carried = values.filter((value) => typeof value === 'string' && value !== '')
  return fixed(testValue(shape.touch === 'first' ? carried[0] : carried.at(-1), shape))
}

/** A purpose. */
export function askConsent(world: World, shape: Shape): Asked {
  return fixed(granted(world, shape.consent as string))
}

function fixed(answer: ReturnType<Asked['at']>): Asked {
  return { at: () => answer, turns: () => [] }
}
