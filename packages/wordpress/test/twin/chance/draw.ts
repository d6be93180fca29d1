import type { AttuneEvent, CompiledRuleset, Profile, Ruleset } from '@attune/core'
import { compileChecked } from '../../../../core/test/oracle/cases.ts'
import { LEAVES, makeLeaf } from '../../../../core/test/oracle/make-condition.ts'
import { makeRuleset } from '../../../../core/test/oracle/make-ruleset.ts'
import { makeNow, makeWorld } from '../../../../core/test/oracle/make-world.ts'
import type { Random } from '../../../../core/test/oracle/random.ts'
import type { World } from '../../../../core/test/oracle/world.ts'
import type { Rulesets } from './fold-guest.ts'
import { likeNumbers } from './like-numbers.ts'
import { withOddSegments } from './odd-segments.ts'
import { makeOddContext, ODD_VALUES } from './odd-values.ts'
import type { Asking, Guest } from './scene.ts'
import { answersOf } from './tell.ts'

const ODD_TEXTS = ODD_VALUES.filter((value) => typeof value === 'string')

/** A ruleset by chance. */
export interface DrawnRuleset extends Rulesets {
  readonly ruleset: Ruleset
  /** The one before it asked some of the same and some of its own. */
  readonly olderRuleset: Ruleset
  readonly areNamesNumbers: boolean
}

/** Draws a ruleset; nothing when chance asks for more signals than a ruleset may have. */
export function drawRuleset(random: Random, revision: string): DrawnRuleset | undefined {
  const made = withOddSegments(random, makeRuleset(random, revision))
  const areNamesNumbers = random.chance(0.4)
  const write = areNamesNumbers ? likeNumbers<Ruleset> : (same: Ruleset) => same
  const ruleset = withOpenCaps(random, write(made))
  const olderRuleset = write(drawOlder(random, made))
  const [compiled, older] = [compileChecked(ruleset), compileChecked(olderRuleset)]
  if (compiled === undefined || older === undefined) return undefined
  return { ruleset, olderRuleset, compiled, older, areNamesNumbers }
}

// Without trees, which refer to other segments; a made ruleset's tables are those of every made condition.
function drawOlder(random: Random, { experiences: _, segments, ...ruleset }: Ruleset): Ruleset {
  const shared = Object.entries(segments!).filter(([key]) => !key.startsWith('tree'))
  const own = Array.from({ length: 3 }, (_none, at) => {
    return [`before-${at}`, { when: makeLeaf(random, random.pick(LEAVES)) }] as const
  })
  return {
    ...ruleset,
    revision: `${ruleset.revision}-older`,
    segments: Object.fromEntries([...random.some(shared), ...own]),
  }
}

// A cap is only asked when the audience matches, which those of chance seldom do.
function withOpenCaps(random: Random, ruleset: Ruleset): Ruleset {
  const experiences = ruleset.experiences?.map((experience) => {
    const { audience: _, ...open } = experience
    return experience.cap !== undefined && random.chance(0.5) ? open : experience
  })
  return experiences === undefined ? ruleset : { ...ruleset, experiences }
}

/** A guest by chance, and the world from which questions are drawn. */
export interface DrawnGuest {
  readonly guest: Guest
  readonly world: World
  /** The first instant to ask at, in whole seconds. */
  readonly now: number
}

/** Draws a visitor of a ruleset, whose events come in batches, in any order, some more than once. */
export function drawGuest(
  random: Random,
  { ruleset, olderRuleset, areNamesNumbers }: DrawnRuleset,
): DrawnGuest {
  const made = makeWorld(random, ruleset)
  const { world, sent } = areNamesNumbers ? likeNumbers(made) : made
  const now = makeNow(random, world)
  const areIdsNumbers = random.chance(0.3)
  const heard = [...sent, ...drawExposures(random, ruleset, now), ...drawTellings(random, world, now)]
    .filter(({ time }) => Math.floor(time / 1000) <= now)
    .map((event, at) => (areIdsNumbers ? { ...event, id: String(at) } : event))
  const batches = inBatches(random, random.shuffle(heard))
  const guest: Guest = {
    ruleset,
    older: olderRuleset,
    heardBefore: random.chance(0.7) ? 0 : random.below(batches.length + 1),
    batches,
    firstSeen: world.firstSeen ?? null,
    traits: { ...world.traits, ...(random.chance(0.2) ? { tags: [random.pick(ODD_TEXTS)] } : {}) },
    by: random.pick(['events', 'merged', 'profile', 'profile', 'token', 'token']),
    issuedAt: now,
  }
  return { guest, world, now }
}

/** Some exposures to an experience that has a cap, not long before an instant. */
function drawExposures(random: Random, { experiences = [] }: Ruleset, now: number): readonly AttuneEvent[] {
  const capped = experiences.filter(({ cap }) => cap !== undefined)
  if (capped.length === 0 || random.chance(0.5)) return []
  const { key } = random.pick(capped)
  return Array.from({ length: 1 + random.below(4) }, (_, at) => ({
    id: `seen-${at}`,
    name: 'exposure',
    time: (now - random.below(random.pick([1, 60, 3600, 86_400]))) * 1000,
    properties: { experience: key },
  }))
}

/** Some tellings of traits: of some that nobody knew, of values that are none, and taken back; heavier and lighter ones. */
function drawTellings(random: Random, { traits }: World, now: number): readonly AttuneEvent[] {
  if (random.chance(0.5)) return []
  const names = [...Object.keys(traits), 'tags', 'tier', '7']
  const values = [
    ...Object.values(traits),
    null,
    'gold',
    10,
    2.5,
    true,
    [],
    ['é', '\u{1d4b3}'],
    [1],
    { a: 1 },
  ]
  return Array.from({ length: 1 + random.below(5) }, (_, at) => {
    const name = random.pick(names)
    const weights = random.chance(0.4) ? { $weights: { [name]: 1 + random.below(2) } } : {}
    return {
      id: `told-${random.pick(['é', '\u{1d4b3}', 'a'])}-${at}`,
      name: 'identify',
      time: (now - random.below(random.pick([1, 3, 60, 86_400]))) * 1000 + random.below(1000),
      properties: { [name]: random.pick(values), [random.pick(names)]: random.pick(values), ...weights },
    }
  })
}

function inBatches(random: Random, events: readonly AttuneEvent[]): readonly (readonly AttuneEvent[])[] {
  const batches: (readonly AttuneEvent[])[] = []
  for (let at = 0; at < events.length; at += batches.at(-1)!.length) {
    batches.push(events.slice(at, at + 1 + random.below(random.pick([3, 30, 128]))))
  }
  return batches
}

/**
 * Draws questions about a guest, forward in time: at the second before and at those at which some answer may change, or
 * at any other, with other contexts, consents and visitor ids.
 */
export function drawAskings(
  random: Random,
  { world, now: first }: DrawnGuest,
  { ruleset, compiled }: DrawnRuleset,
  profile: Profile,
  count: number,
): readonly Asking[] {
  const askings: Asking[] = []
  let now = first * 1000
  while (askings.length < count) {
    const asking: Asking = {
      context: random.chance(0.4) ? makeOddContext(random, world.context) : world.context,
      consent: random.chance(0.75) ? world.consent : { preferences: true, statistics: true, marketing: true },
      visitor: random.chance(0.1) ? null : drawVisitor(random, world.visitor),
      now: now + random.pick([0, 1, 999]),
      assume: random.chance(0.1) ? drawAssumed(random, ruleset) : {},
    }
    askings.push(asking)
    if (askings.length % 2 === 0) now = drawLater(random, asking, compiled, profile)
  }
  return askings
}

function drawVisitor(random: Random, visitor: string): string {
  if (random.chance(0.3)) return visitor
  return random.chance(0.1) ? random.pick(ODD_TEXTS) : `v${random.below(100_000)}`
}

function drawAssumed(random: Random, { segments = {} }: Ruleset): Asking['assume'] {
  const some = random.some(Object.keys(segments)).slice(0, 3)
  return Object.fromEntries(some.map((key) => [key, random.chance(0.5)]))
}

function drawLater(random: Random, asking: Asking, compiled: CompiledRuleset, profile: Profile): number {
  const { segments, decisions } = answersOf(asking, compiled, profile)
  const now = Math.floor(asking.now / 1000) * 1000
  const turns = [...Object.values(segments), ...decisions]
    .map(({ until }) => until)
    .filter((until) => until !== null)
  if (turns.length === 0 || random.chance(0.15)) return now + random.below(86_400) * 1000
  return Math.max(now, random.pick(turns) + random.pick([-1000, 0, 0, 1000]))
}
