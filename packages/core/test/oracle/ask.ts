import type { Condition } from '@attune/core'
import { askChain, askFunnel } from './ask-chains.ts'
import { askAbsent, askCount, askDistinct, askRegular, askSince, askUnfinished } from './ask-events.ts'
import { askAttr, askConsent, askTouch } from './ask-facts.ts'
import { askInterest, askScore } from './ask-points.ts'
import { askAvg, askMax, askMin, askRfm, askSum } from './ask-sums.ts'
import { isReadable } from './purposes.ts'
import { askWhen, whenInstants } from './when.ts'
import { type Answer, type Asked, below, type Shape, visible, type World } from './world.ts'

/** Answers a condition at `now` (whole seconds) by the words of the language page, from the raw events. */
export function ask(world: World, condition: Condition, now: number): Answer {
  return prepare(until(world, now), condition).at(now)
}

/** Every instant after `now` at which passing time may change a condition, ascending. */
export function instants(world: World, condition: Condition, now: number): readonly number[] {
  const turns = prepare(until(world, now), condition).turns(now)
  return [...new Set(turns.filter((at) => at > now))].sort((a, b) => a - b)
}

// What the clock does not change is looked up once.
const prepared = new WeakMap<World, WeakMap<Condition, Asked>>()

/** Prepares a condition to be asked of a world, all of whose events have happened, at many instants. */
export function prepare(world: World, condition: Condition): Asked {
  const ofWorld = prepared.get(world) ?? new WeakMap<Condition, Asked>()
  prepared.set(world, ofWorld)
  const known = ofWorld.get(condition) ?? prepareAnew(world, condition)
  ofWorld.set(condition, known)
  return known
}

// An event later than now does not exist.
function until(world: World, now: number): World {
  const newest = world.events.at(-1)
  return newest === undefined || newest.at <= now ? world : { ...world, events: visible(world, now) }
}

const LEAVES: { readonly [kind: string]: (world: World, shape: Shape) => Asked } = {
  attr: askAttr,
  count: askCount,
  sum: askSum,
  avg: askAvg,
  min: askMin,
  max: askMax,
  distinct: askDistinct,
  absent: askAbsent,
  since: askSince,
  unfinished: askUnfinished,
  touch: askTouch,
  sequence: askChain,
  funnel: askFunnel,
  regular: askRegular,
  score: askScore,
  interest: askInterest,
  rfm: askRfm,
  consent: askConsent,
  when: (world, { when }) => ({
    at: (now) => askWhen(world, when as Shape, now),
    turns: (now) => whenInstants(world, when as Shape, now),
  }),
}

function prepareAnew(world: World, condition: Condition): Asked {
  const shape = condition as unknown as Shape
  const children = below(world, condition).map((child) => prepare(world, child))
  if (children.length > 0) {
    return {
      at: (now) =>
        combine(
          shape,
          children.map((child) => child.at(now)),
        ),
      turns: (now) => children.flatMap((child) => child.turns(now)),
    }
  }
  const kind = Object.keys(LEAVES).find((name) => shape[name] !== undefined)
  if (kind === undefined) throw new Error(`The oracle knows no condition ${JSON.stringify(shape)}.`)
  return isReadable(world, shape) ? LEAVES[kind]!(world, shape) : { at: () => null, turns: () => [] }
}

function combine(shape: Shape, answers: readonly Answer[]): Answer {
  const yes = answers.filter((answer) => answer === true).length
  const unknown = answers.filter((answer) => answer === null).length
  if (shape.segment !== undefined) return answers[0]!
  if (shape.not !== undefined) return answers[0] === null ? null : !answers[0]
  const needed =
    shape.all !== undefined ? answers.length : shape.any !== undefined ? 1 : (shape.atLeast as number)
  if (yes >= needed) return true
  return yes + unknown >= needed ? null : false
}
