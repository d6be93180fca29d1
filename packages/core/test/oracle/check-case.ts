import { decide, evaluateSegments } from '@attune/core'
import { prepare } from './ask.ts'
import type { Case } from './cases.ts'
import { type Choice, choiceInstants, choose } from './decide.ts'
import type { Random } from './random.ts'
import type { Answer, Asked } from './world.ts'

/** Instants before a horizon at which the oracle is asked again, besides the last second and the turns nearest to now. */
const SAMPLES = 6
/** Of these kinds `until` is exact when one is asked alone; of the first it is `null`, since time never changes them. */
const EXACT = [
  'attr', 'consent', 'touch', 'absent', 'since', 'unfinished', 'score', 'percentile', 'top', 'strength', 'when',
] // biome-ignore format: words, read at a glance as one list

/** How often each kind answered each truth, and how often its change was foreseen. */
export interface Tally {
  readonly [kind: string]: { true: number; false: number; unknown: number; turning: number }
}

/** Asks all segments of a case of the compiled ruleset and of the oracle; counts the answers in `tally`. */
export function checkSegments(
  { world, compiled, profile, now, seed }: Case,
  random: Random,
  tally?: Record<string, Tally[string]>,
): readonly unknown[] {
  const answers = evaluateSegments(compiled, {
    profile,
    context: world.context,
    consent: world.consent,
    // Any millisecond of the second asks the same.
    now: now * 1000 + random.pick([0, 1, 999]),
  })
  return Object.entries(world.ruleset.segments!).flatMap(([key, { when }]): readonly unknown[] => {
    const { match, until } = answers[key]!
    const kind = key.split('-')[0]!
    const asked = prepare(world, when)
    const wanted = asked.at(now)
    if (tally !== undefined) count(tally, kind, wanted, until)
    if (match !== wanted) return [{ seed, now, key, when, match, wanted, world }]
    const isExact = EXACT.includes(kind) || (kind === 'count' && !isRing(when))
    const problem = isExact
      ? exactly(asked, now, until)
      : neverLate(random, asked.turns(now), now, until, (at) => asked.at(at) !== wanted)
    return problem === undefined ? [] : [{ seed, now, key, when, match, until, problem, world }]
  })
}

function count(
  tally: Record<string, Tally[string]>,
  kind: string,
  answer: Answer,
  until: number | null,
): void {
  const of = tally[kind] ?? { true: 0, false: 0, unknown: 0, turning: 0 }
  of[answer === null ? 'unknown' : answer ? 'true' : 'false']++
  if (until !== null) of.turning++
  tally[kind] = of
}

function isRing(when: object): boolean {
  return Object.values(when)
    .flat()
    .some((bound) => typeof bound === 'number' && bound > 31)
}

function exactly(asked: Asked, now: number, until: number | null): string | undefined {
  const wanted = firstChange(asked, now)
  return until === wanted ? undefined : `until is ${until}, not exactly ${wanted}`
}

/** The first instant after `now` at which the answer is another one, in milliseconds; `null` when there is none. */
export function firstChange(asked: Asked, now: number): number | null {
  const answer = asked.at(now)
  let change = Number.POSITIVE_INFINITY
  for (const at of asked.turns(now)) if (at > now && at < change && asked.at(at) !== answer) change = at
  return change === Number.POSITIVE_INFINITY ? null : change * 1000
}

function neverLate(
  random: Random,
  turns: readonly number[],
  now: number,
  until: number | null,
  changes: (at: number) => boolean,
): string | undefined {
  if (until !== null && until <= now * 1000) return `until ${until} does not lie after now`
  const end = until === null ? Number.POSITIVE_INFINITY : until / 1000
  const before = turns.filter((at) => at > now && at < end)
  const sampled =
    before.length <= SAMPLES ? before : Array.from({ length: SAMPLES }, () => random.pick(before))
  // The turns are the oracle's own thought: any other instant must do as well.
  const anywhere = now + 1 + random.below(Math.min(end - now, 10_000_000))
  const others = until === null ? [anywhere] : [Math.min(anywhere, end - 1), end - 1]
  const late = [...sampled, nearest(before), ...others].find((at) => at > now && at < end && changes(at))
  return late === undefined ? undefined : `until is ${until}, but it changes at ${late}`
}

function nearest(instants: readonly number[]): number {
  return instants.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
}

/** Asks all placements of a case. */
export function checkDecisions(
  { world, compiled, profile, now, seed }: Case,
  random: Random,
): readonly unknown[] {
  const question = {
    profile,
    context: world.context,
    consent: world.consent,
    now: now * 1000 + random.pick([0, 1, 999]),
    visitor: world.visitor,
  }
  return decide(compiled, question).flatMap((decision): readonly unknown[] => {
    const { placement, until } = decision
    const wanted = choose(world, placement, now)
    const given: Choice = {
      variant: decision.variant,
      experience: decision.experience ?? null,
      reason: decision.reason,
    }
    if (!isSame(given, wanted)) return [{ seed, now, placement, given, wanted, world }]
    const changes = (at: number) => !isSame(choose(world, placement, at), wanted)
    const problem = neverLate(random, choiceInstants(world, placement, now), now, until, changes)
    return problem === undefined ? [] : [{ seed, now, placement, given, until, problem, world }]
  })
}

function isSame(a: Choice, b: Choice): boolean {
  return a.variant === b.variant && a.experience === b.experience && a.reason === b.reason
}
