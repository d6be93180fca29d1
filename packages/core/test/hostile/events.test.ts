import { parseConsent, parseContext, parseEvent, parseVisitorId } from '@attune/core'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../oracle/random.ts'
import { junk } from './junk.ts'
import { EVENTS, inherited, leastTime, MOST_TIME } from './sizes.ts'
import { spoil } from './spoil.ts'

const EVENT = {
  id: 'a',
  name: 'view_item',
  time: 1_800_000_000_000,
  properties: { item_id: 'tent', price: 9.99, sale: true },
  context: { utm: { source: 'newsletter' }, referrer: { host: 'a.example' }, url: { path: '/' } },
}
const CONTEXT = { geo: { country: 'GB' }, query: { ref: 'a' }, session: { number: 1 }, utcOffset: 60 }
const CONSENT = { preferences: true, marketing: false }

type Parse = (value: unknown) => { readonly ok: boolean }

const PARSERS: readonly (readonly [parse: Parse, sound: unknown])[] = [
  [(value) => parseEvent(value), EVENT],
  [(value) => parseContext(value), CONTEXT],
  [(value) => parseConsent(value), CONSENT],
  [(value) => parseVisitorId(value), 'visitor-1'],
]

test('what they are made from is sound', () => {
  expect(PARSERS.map(([parse, sound]) => parse(sound).ok)).toEqual([true, true, true, true])
})

test('no event, context, consent or visitor makes its parser throw or change what objects inherit', {
  timeout: 3_600_000,
}, () => {
  const before = inherited()
  const trouble: unknown[] = []
  for (let seed = 1; seed <= EVENTS && trouble.length === 0; seed++) {
    const random = createRandom(seed)
    // Most of them are events.
    const [parse, sound] = PARSERS[random.chance(0.7) ? 0 : random.below(PARSERS.length)]!
    const value = makeValue(random, sound)
    try {
      const time = leastTime(() => parse(value))
      if (time > MOST_TIME) trouble.push({ seed, time })
    } catch (error) {
      trouble.push({ seed, error: String(error) })
    }
  }
  expect(trouble).toEqual([])
  expect(inherited()).toEqual(before)
})

function makeValue(random: Random, sound: unknown): unknown {
  return random.chance(0.1) ? junk(random, 5) : spoil(random, sound)
}
