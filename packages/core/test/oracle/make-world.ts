import type { AttuneEvent, Consent, Context, Ruleset, TraitValue } from '@attune/core'
import { CATEGORIES, WINDOWS } from './make-tests.ts'
import { START } from './make-when.ts'
import type { Random } from './random.ts'
import { type Happening, inOrder, seconds, type World } from './world.ts'

const NAMES = ['view_item', 'view_item', 'add_to_cart', 'purchase', 'search', 'exposure', 'undeclared']
const ITEMS: readonly unknown[] = ['a', 'b', 'c', '1', 1, 2, true, false]
// Some beyond what is added up, some that need rounding.
const PRICES = [0, 1, 9.99, 50, 120.5, 3.33335, 0.00005, -20, 1e9, -1e9, 1_000_000_000.5, 2e12]
const SOURCES = ['GB', 'ie', '1.10', 'newsletter', '']
const LETTERS = ['', 'A', 'a', 'é', '～', '😀', '￿']

/** A history as a tracker sends it, milliseconds and all, and the world the oracle sees in it. */
export interface Made {
  readonly world: World
  readonly sent: readonly AttuneEvent[]
}

/** Makes a visitor whose events, `most` of them at most, crowd around the edges of the windows. */
export function makeWorld(random: Random, ruleset: Ruleset, most: number = makeMost(random)): Made {
  const scale = random.pick([1, 60, 1200, 3600, 86400, 604800])
  // Some do a few things over and over.
  const names = random.chance(0.2) ? random.some(NAMES.slice(0, 5)) : NAMES
  const sent = Array.from({ length: random.below(most + 1) }, (_, at): AttuneEvent => {
    const steps = random.below(scale >= 86400 ? 8 : 20)
    const second = START + 2 * 86400 + steps * scale + random.pick([-1, 0, 0, 0, 1])
    return {
      id: `${random.pick(LETTERS)}${at}`,
      name: random.pick(names),
      time: second * 1000 + random.pick([0, 0, 1, 500, 999]),
      properties: makeProperties(random),
      ...(random.chance(0.5) ? { context: makeRecordedContext(random) } : {}),
    }
  })
  const firstSeen = random.chance(0.3) ? START + random.below(6) * 86400 : undefined
  const world: World = {
    ruleset,
    events: toHappenings(sent),
    traits: makeTraits(random),
    context: makeContext(random),
    consent: makeConsent(random),
    visitor: `${random.pick(LETTERS)}v${random.below(1000)}`,
    ...(firstSeen === undefined ? {} : { firstSeen }),
  }
  return { world, sent }
}

// Mostly few events, now and then more than are exactly counted, rarely more than are kept beside a profile.
function makeMost(random: Random): number {
  if (random.chance(0.88)) return 40
  return random.chance(0.8) ? 120 : 350
}

/** What the language sees of events: whole seconds, one event per id (the first stays), in order. */
export function toHappenings(sent: readonly AttuneEvent[]): readonly Happening[] {
  const byId = new Map<string, Happening>()
  for (const { time, ...event } of sent) {
    if (!byId.has(event.id)) byId.set(event.id, { ...event, at: Math.floor(time / 1000) })
  }
  return [...byId.values()].sort(inOrder)
}

/** An instant to ask at, in whole seconds: often at the very edge of a window of some event. */
export function makeNow(random: Random, { events, firstSeen }: World): number {
  // At an hour of some day, where a "when" turns.
  if (events.length === 0 || random.chance(0.15))
    return START + random.below(12 * 24) * 3600 + random.pick([-1, 0, 1, 1800])
  const from =
    random.chance(0.1) && firstSeen !== undefined
      ? firstSeen
      : (events[random.below(events.length)]?.at ?? START)
  const window = random.chance(0.2) ? 0 : seconds(random.pick(WINDOWS))
  const now = from + window + random.pick([-1, 0, 0, 1])
  return random.chance(0.1) ? now + random.below(10 * 86400) : now
}

function makeProperties(random: Random): AttuneEvent['properties'] {
  const odd = <T>(value: T): unknown =>
    random.chance(0.08) ? random.pick([null, {}, ['a'], 7, 'x', true]) : value
  return {
    ...(random.chance(0.9) ? { category: odd(random.pick(CATEGORIES)) } : {}),
    ...(random.chance(0.8) ? { item_id: odd(random.pick(ITEMS)) } : {}),
    ...(random.chance(0.7)
      ? { price: odd(random.pick(PRICES.slice(0, random.chance(0.7) ? 5 : PRICES.length))) }
      : {}),
    ...(random.chance(0.5) ? { sale: odd(random.chance(0.5)) } : {}),
    ...(random.chance(0.6) ? { experience: `x${random.below(6)}` } : {}),
  }
}

function makeRecordedContext(random: Random): NonNullable<AttuneEvent['context']> {
  const source = () => random.pick(SOURCES)
  return {
    ...(random.chance(0.7)
      ? { utm: { source: source(), ...(random.chance(0.5) ? { campaign: source() } : {}) } }
      : {}),
    ...(random.chance(0.5) ? { referrer: random.chance(0.8) ? { host: source() } : {} } : {}),
    ...(random.chance(0.5) ? { url: { path: source() } } : {}),
  }
}

function makeTraits(random: Random): { readonly [name: string]: TraitValue } {
  return {
    ...(random.chance(0.7) ? { tier: random.pick<TraitValue>(['GB', 'ie', '1.10', 7, ['GB']]) } : {}),
    ...(random.chance(0.7) ? { age: random.pick<TraitValue>([-1, 0, 1, 2.5, '1']) } : {}),
    ...(random.chance(0.7) ? { vip: random.pick<TraitValue>([true, false, 'true']) } : {}),
    ...(random.chance(0.7) ? { tags: random.pick<TraitValue>([[], ['GB'], ['gb', 'ie', 'fr'], 'GB']) } : {}),
  }
}

function makeContext(random: Random): Context {
  const value = random.pick<unknown>([
    'GB',
    'ie',
    '1.2.0',
    0,
    1,
    true,
    false,
    null,
    {},
    ['GB', 'ie'],
    ['GB', 1],
    [],
  ])
  return {
    ...(random.chance(0.7) ? { geo: { country: random.pick(['GB', 'ie', 'FR']) } } : {}),
    ...(random.chance(0.5) ? { language: 'GB' } : {}),
    ...(random.chance(0.5) ? { query: { 'a.b': random.pick(['IE', 'gb', '1.2', '10.0.1.0']) } } : {}),
    ...(random.chance(0.5) ? { session: { pageViews: random.below(3) } } : {}),
    ...(random.chance(0.5) ? { visitor: { known: random.chance(0.5) } } : {}),
    ...(random.chance(0.7) ? { custom: { x: value } } : {}),
    ...(random.chance(0.7) ? { utcOffset: random.pick([0, 60, -300, 345, 7, -719, 840]) } : {}),
  }
}

function makeConsent(random: Random): Consent {
  if (random.chance(0.5)) return { preferences: true, statistics: true, marketing: true }
  return {
    ...(random.chance(0.85) ? { preferences: random.chance(0.93) } : {}),
    ...(random.chance(0.7) ? { statistics: random.chance(0.8) } : {}),
    ...(random.chance(0.6) ? { marketing: random.chance(0.8) } : {}),
    ...(random.chance(0.1) ? { functional: false } : {}),
  }
}
