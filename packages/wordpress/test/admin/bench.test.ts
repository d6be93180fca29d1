import type { JsonObject } from '@attune/core/json'
import { expect, test } from 'vitest'
import { type Persona, STRANGER } from '../../src/admin/bench/persona.ts'
import { did, personasFor } from '../../src/admin/bench/personas.ts'
import { readRoute, routeTo } from '../../src/admin/common/use-route.ts'
import { withNew } from '../../src/admin/document/edit-segments.ts'
import { PRESETS } from '../../src/admin/document/presets.ts'
import { starterDocument } from '../../src/admin/document/starter.ts'
import { answerPersona } from '../../src/admin/engine/answer-persona.ts'

const NOON = Date.parse('2026-11-22T12:00:00Z')
const ALL = PRESETS.reduce((document, preset) => withNew(document, preset, '').document, starterDocument(''))
const KNOWN: Persona = { ...STRANGER, consent: ['preferences', 'statistics'] }

function matches(document: JsonObject, persona: Persona): Readonly<Record<string, boolean | null>> {
  return Object.fromEntries(
    answerPersona(document, persona, NOON).traces.map(({ key, match }) => [key, match]),
  )
}

test('the personas to begin with are in the segments that they are named for', () => {
  const answers = (key: string) => {
    const persona = personasFor(['page_view', 'view_item', 'add_to_cart', 'purchase']).find(
      (each) => each.key === key,
    )
    return matches(ALL, persona!.persona)
  }
  expect(answers('new')).toMatchObject({ 'new-visitor': true, returning: false, loyal: false })
  expect(answers('reader')).toMatchObject({ 'regular-reader': true, returning: true })
  expect(answers('looking')).toMatchObject({ 'high-intent': true, 'cart-abandoner': false })
  expect(answers('cart')).toMatchObject({ 'cart-abandoner': true })
  expect(answers('lapsed')).toMatchObject({ lapsed: true, loyal: false })
  expect(answers('stranger')).toMatchObject({ 'high-intent': null, weekend: true })
})

test('a persona that names an event which the ruleset has not is not offered', () => {
  expect(personasFor(['page_view']).map(({ key }) => key)).toEqual(['stranger', 'new', 'reader'])
})

test('without consent what somebody did is unknown, and the trace says what is missing', () => {
  const persona = { ...STRANGER, events: [did('view_item', '1h', 5)] }
  const trace = answerPersona(ALL, persona, NOON).traces.find(({ key }) => key === 'high-intent')
  expect(trace?.match).toBe(null)
  expect(trace?.children[0]).toMatchObject({ match: null, missingConsent: ['preferences'] })
})

test('the time that is asked about counts, and things happened so long before it', () => {
  const events = [did('view_item', '2d', 3)]
  expect(matches(ALL, { ...KNOWN, events })['high-intent']).toBe(true)
  expect(matches(ALL, { ...KNOWN, events, now: '2026-11-23T12:00:00Z' })).toMatchObject({
    'high-intent': true,
    weekend: false,
  })
  expect(answerPersona(ALL, { ...KNOWN, now: '2026-11-23T12:00:00Z' }, NOON).now).toBe(
    Date.parse('2026-11-23T12:00:00Z'),
  )
})

test('something not done for a while needs somebody who is known for so long', () => {
  const document = {
    ...starterDocument(''),
    segments: { away: { when: { absent: 'purchase', within: '30d' } } },
  }
  expect(matches(document, KNOWN)).toEqual({ away: null })
  expect(matches(document, { ...KNOWN, knownFor: '60d' })).toEqual({ away: true })
  expect(matches(document, { ...KNOWN, knownFor: '60d', events: [did('purchase', '2d')] })).toEqual({
    away: false,
  })
})

test('properties, where somebody came from, traits and the visit are asked about', () => {
  const document: JsonObject = {
    ...starterDocument(''),
    traits: { newsletter: { type: 'boolean' } },
    segments: {
      boots: { when: { count: 'view_item', where: { item_category: 'boots' }, atLeast: 1 } },
      letter: { when: { touch: 'first', of: 'utm.source', is: 'newsletter' } },
      reader: { when: { attr: 'trait.newsletter', is: true } },
      british: { when: { attr: 'geo.country', is: 'GB' } },
    },
  }
  const event = {
    ...did('view_item', '1d'),
    properties: { item_category: 'boots' },
    context: { 'utm.source': 'newsletter' },
  }
  const persona = {
    ...KNOWN,
    events: [event],
    traits: { newsletter: true },
    context: { 'geo.country': 'GB' },
  }
  expect(matches(document, persona)).toEqual({ boots: true, letter: true, reader: true, british: true })
})

test('a place of the screen is read from its address, and an address that is none names no place', () => {
  expect(readRoute(routeTo('segment', 'a/b c'))).toEqual(['segment', 'a/b c'])
  expect(readRoute('')).toEqual([])
  expect(readRoute('#/%')).toEqual([])
})
