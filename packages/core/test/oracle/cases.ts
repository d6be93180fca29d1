import {
  type AttuneEvent,
  type CompiledRuleset,
  compareEvents,
  type Profile,
  type Ruleset,
} from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
import { prepare } from './ask.ts'
import { foldAll } from './fold.ts'
import { makeRuleset } from './make-ruleset.ts'
import { type Made, makeNow, makeWorld } from './make-world.ts'
import { createRandom, type Random } from './random.ts'
import { visible, type World } from './world.ts'

/** A visitor at an instant. */
export interface Case {
  readonly seed: number
  readonly world: World
  readonly compiled: CompiledRuleset
  readonly profile: Profile
  /** Whole seconds. */
  readonly now: number
}

/** How many visitors a ruleset has, how many of their days are looked at, and how often on each. */
export interface Sizes {
  readonly worlds: number
  readonly cuts: number
  readonly nows: number
}

/** Asks what is wrong with a case, and answers nothing when nothing is. */
export type CheckCase = (asked: Case, random: Random) => readonly unknown[]

/** What a run found. */
export interface Run {
  readonly cases: number
  readonly wrong: readonly unknown[]
}

const ENOUGH_WRONG = 3

/** Runs the cases of the seeds `from` to before `end`, until some are wrong. */
export function runCases(from: number, end: number, sizes: Sizes, check: CheckCase): Run {
  let cases = 0
  const wrong: unknown[] = []
  for (let seed = from; seed < end && wrong.length < ENOUGH_WRONG; seed++) {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, `r${seed}`)
    const compiled = compileChecked(ruleset)
    // Now and then chance asks for more signals than a ruleset may have.
    if (compiled === undefined) continue
    for (let at = 0; at < sizes.worlds; at++) {
      const made = makeWorld(random, ruleset)
      for (let cut = 0; cut < sizes.cuts; cut++) {
        for (const asked of casesOf(random, made, compiled, seed, sizes.nows)) {
          cases++
          wrong.push(...check(asked, random))
        }
      }
    }
  }
  return { cases, wrong: wrong.slice(0, ENOUGH_WRONG) }
}

/** Compiles what the checker accepts; nothing when it has too many signals, and throws at any other error. */
export function compileChecked(ruleset: Ruleset): CompiledRuleset | undefined {
  const errors = checkRuleset(ruleset).filter(({ severity }) => severity === 'error')
  const others = errors.filter(({ code }) => code !== 'too-many-signals')
  if (others.length > 0)
    throw new Error(`The checker refuses ruleset ${ruleset.revision}: ${JSON.stringify(others)}`)
  return errors.length > 0 ? undefined : compileDocument(ruleset)
}

/** A visitor's history up to an instant, asked about then and at later instants at which something may change. */
export function casesOf(
  random: Random,
  made: Made,
  compiled: CompiledRuleset,
  seed: number,
  nows: number,
): readonly Case[] {
  const first = makeNow(random, made.world)
  // An event later than now does not exist: neither the profile nor the oracle hears of it.
  const heard = arrive(
    random,
    made.sent.filter(({ time }) => Math.floor(time / 1000) <= first),
  )
  const world = { ...made.world, events: visible(made.world, first) }
  const profile = foldAll(random, world, heard, compiled.plan)
  const cases: Case[] = []
  let now = first
  while (cases.length < nows) {
    cases.push({ seed, world, compiled, profile, now })
    now = makeLater(random, world, now, first)
  }
  return cases
}

// In any order; where they are more than the 128 that are surely kept beside a profile, nearly in their own.
function arrive(random: Random, events: readonly AttuneEvent[]): readonly AttuneEvent[] {
  if (events.length <= 128) return random.shuffle(events)
  const sorted = [...events].sort(compareEvents)
  const blocks = Array.from({ length: Math.ceil(sorted.length / 50) }, (_, at) =>
    sorted.slice(at * 50, at * 50 + 50),
  )
  return blocks.flatMap((block) => random.shuffle(block))
}

// A turn of some condition, or a second beside one, or another day.
function makeLater(random: Random, world: World, now: number, first: number): number {
  const { when } = random.pick(Object.values(world.ruleset.segments!))
  const turns = prepare(world, when)
    .turns(first)
    .filter((at) => at >= first && at < first + 400 * 86400)
  if (turns.length === 0 || random.chance(0.1)) return now + random.below(86400)
  return Math.max(first, random.pick(turns) + random.pick([-1, 0, 0, 1]))
}
