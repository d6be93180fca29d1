import { compileRuleset, decide, evaluateSegments, type Profile, type Ruleset } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { type Choice, choiceInstants, choose } from './decide.ts'
import { foldAll } from './fold.ts'
import { instants } from './instants.ts'
import { makeLeaf } from './make-condition.ts'
import { makeRuleset, SINGLE } from './make-ruleset.ts'
import { type Made, makeNow, makeWorld } from './make-world.ts'
import { createRandom, type Random } from './random.ts'
import { visible, type World } from './world.ts'

const RULESETS = 1_500
const WORLDS = 3
const NOWS = 5
/** Instants before a horizon at which the oracle is asked again, besides the last second. */
const SAMPLES = 6

interface Case {
  readonly seed: number
  readonly world: World
  /** Whole seconds. */
  readonly now: number
  readonly profile: Profile
}

/** Runs every case of chance; `each` answers what is wrong with one, or nothing. */
function runAll(
  seeds: number,
  each: (cases: Case, random: Random) => readonly unknown[],
): { cases: number; wrong: unknown[] } {
  let cases = 0
  const wrong: unknown[] = []
  for (let seed = 1; seed <= seeds && wrong.length < 3; seed++) {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, `r${seed}`)
    for (let at = 0; at < WORLDS; at++) {
      const made = makeWorld(random, ruleset)
      for (let turn = 0; turn < NOWS; turn++) {
        cases++
        wrong.push(...each(caseOf(random, made, seed), random))
      }
    }
  }
  return { cases, wrong: wrong.slice(0, 3) }
}

// An event later than now does not exist: neither the profile nor the oracle hears of it.
function caseOf(random: Random, made: Made, seed: number): Case {
  const now = makeNow(random, made.world)
  const heard = random.shuffle(made.sent.filter(({ time }) => Math.floor(time / 1000) <= now))
  const world = { ...made.world, events: visible(made.world, now) }
  return { seed, world, now, profile: foldAll(random, world, heard, compiledOf(world.ruleset).plan) }
}

const compiled = new WeakMap<Ruleset, ReturnType<typeof compileRuleset>>()
function compiledOf(ruleset: Ruleset): ReturnType<typeof compileRuleset> {
  const known = compiled.get(ruleset)
  if (known !== undefined) return known
  const errors = checkRuleset(ruleset).filter(({ severity }) => severity === 'error')
  if (errors.length > 0)
    throw new Error(`The checker refuses ${JSON.stringify(ruleset)}: ${JSON.stringify(errors)}`)
  const made = compileRuleset(ruleset)
  compiled.set(ruleset, made)
  return made
}

function questionOf({ world, now, profile }: Case, random: Random) {
  // Any millisecond of the second asks the same.
  return {
    profile,
    context: world.context,
    consent: world.consent,
    now: now * 1000 + random.pick([0, 1, 999]),
  }
}

function checkSegments(asked: Case, random: Random): readonly unknown[] {
  const { world, now, seed } = asked
  const answers = evaluateSegments(compiledOf(world.ruleset), questionOf(asked, random))
  return Object.entries(world.ruleset.segments!).flatMap(([key, { when }]): readonly unknown[] => {
    const { match, until } = answers[key]!
    const wanted = ask(world, when, now)
    if (match !== wanted) return [{ seed, now, key, when, match, wanted, world }]
    const changes = (at: number) => ask(world, when, at) !== wanted
    const later = instants(world, when, now)
    const problem =
      SINGLE.test(key) && !key.startsWith('distinct') && !isRing(when)
        ? exactly(later, until, changes)
        : neverLate(random, later, now, until, changes)
    return problem === undefined ? [] : [{ seed, now, key, when, match, until, problem, world }]
  })
}

function isRing(when: object): boolean {
  return (
    Object.hasOwn(when, 'count') &&
    Object.values(when)
      .flat()
      .some((bound) => typeof bound === 'number' && bound > 31)
  )
}

function exactly(
  later: readonly number[],
  until: number | null,
  changes: (at: number) => boolean,
): string | undefined {
  const change = later.find(changes)
  const wanted = change === undefined ? null : change * 1000
  return until === wanted ? undefined : `until is ${until}, not exactly ${wanted}`
}

function neverLate(
  random: Random,
  later: readonly number[],
  now: number,
  until: number | null,
  changes: (at: number) => boolean,
): string | undefined {
  if (until !== null && until <= now * 1000) return `until ${until} does not lie after now`
  const end = until === null ? Number.POSITIVE_INFINITY : until / 1000
  const before = later.filter((at) => at < end)
  const sampled = before.length <= SAMPLES ? before : random.shuffle(before).slice(0, SAMPLES)
  const late = [...sampled, ...before.slice(0, 2), ...(until === null ? [] : [end - 1])].find(changes)
  return late === undefined ? undefined : `until is ${until}, but it changes at ${late}`
}

function checkDecisions(asked: Case, random: Random): readonly unknown[] {
  const { world, now, seed } = asked
  const question = { ...questionOf(asked, random), visitor: world.visitor }
  return decide(compiledOf(world.ruleset), question).flatMap((decision): readonly unknown[] => {
    const { placement, until } = decision
    const wanted = choose(world, placement, now)
    const given: Choice = {
      variant: decision.variant,
      experience: decision.experience ?? null,
      reason: decision.reason,
    }
    if (JSON.stringify(given) !== JSON.stringify(wanted))
      return [{ seed, now, placement, given, wanted, world }]
    const changes = (at: number) => JSON.stringify(choose(world, placement, at)) !== JSON.stringify(wanted)
    const problem = neverLate(random, choiceInstants(world, placement, now), now, until, changes)
    return problem === undefined ? [] : [{ seed, now, placement, given, until, problem, world }]
  })
}

describe('random visitors against the language page', () => {
  test('segments answer as the page says, until exactly or never late', { timeout: 60_000 }, () => {
    const { cases, wrong } = runAll(RULESETS, checkSegments)
    expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
    expect(cases).toBeGreaterThanOrEqual(20_000)
  })

  test('placements decide as the page says, until never late', { timeout: 60_000 }, () => {
    const { cases, wrong } = runAll(500, checkDecisions)
    expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
    expect(cases).toBeGreaterThanOrEqual(5_000)
  })

  test('the clock answers as the page says, until exactly, through summer time', { timeout: 60_000 }, () => {
    const wrong: unknown[] = []
    for (let seed = 1; seed <= 400 && wrong.length === 0; seed++)
      wrong.push(...checkClock(createRandom(seed)))
    expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
  })
})

function checkClock(random: Random): readonly unknown[] {
  const when = makeLeaf(random, 'when')
  const ruleset: Ruleset = {
    version: 1,
    revision: 'r',
    timezone: 'Europe/London',
    segments: { when: { when } },
  }
  const made = makeWorld(random, ruleset, 0)
  return Array.from({ length: 10 }).flatMap(() => checkSegments(caseOf(random, made, 0), random))
}
