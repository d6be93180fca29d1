import { createMemoryStore } from '@attune/storage/memory'
import { describe, expect, test, vi } from 'vitest'
import { createCollector } from '../../src/index.ts'
import { COMPILED, makeBatch, makeRequest, NOW, readAnswer, SECRET, VISITOR } from '../builders.ts'
import { WITH_TRAITS } from './identity-builders.ts'

const open = () => {
  const store = createMemoryStore()
  const collector = createCollector({ ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => NOW })
  return {
    store,
    collector,
    tell: async (properties: object, consent = 'preferences', more: object = {}) => {
      const event = { id: 'told', name: 'identify', time: NOW, properties, ...more }
      const cookies = { attune_consent: consent }
      return readAnswer(await collector.handle(makeRequest({ body: makeBatch([event]), cookies })))
    },
    traits: async (visitor = VISITOR) => (await store.load(visitor, COMPILED.plan))?.traits,
  }
}

describe('a page that tells traits', () => {
  test('has those kept that the ruleset declares, and no others', async () => {
    const { tell, traits } = open()
    expect(await tell({ newsletter: true, size: 43, name: 'Ann' })).toMatchObject({
      accepted: 1,
      rejected: [],
    })
    expect(await traits()).toEqual({ newsletter: true, size: 43 })
  })

  test('may write a list as the text that `track` carries, and takes a trait back with an empty one', async () => {
    const { tell, traits } = open()
    await tell({ sports: '["hiking","climbing"]', note: 'tall' }, 'preferences', { time: NOW - 2_000 })
    expect(await traits()).toEqual({ sports: ['hiking', 'climbing'], note: 'tall' })
    await tell({ sports: 'cycling', note: '' }, 'preferences', { id: 'later' })
    expect(await traits()).toEqual({ sports: ['cycling'] })
  })

  test('is told which type a trait has, and nothing of what it sent is kept', async () => {
    const { tell, store } = open()
    const { rejected } = await tell({ newsletter: 'yes please', note: 'canary' })
    expect(rejected).toMatchObject([{ reason: 'wrong-type', message: expect.stringContaining('newsletter') }])
    expect(await store.listRejected({ after: 0, most: 9 })).toMatchObject([
      { event: '', reason: 'wrong-type' },
    ])
  })

  test('has nothing kept whose purpose is not granted, not even among the refused', async () => {
    const { tell, traits, store } = open()
    expect(await tell({ reach: 'canary' })).toMatchObject({ accepted: 0, rejected: [{ reason: 'no-trait' }] })
    expect(JSON.stringify(await store.listRejected({ after: 0, most: 9 }))).not.toContain('canary')
    await tell({ reach: 'far', newsletter: true }, 'preferences.marketing', { id: 'more' })
    expect(await traits()).toEqual({ newsletter: true, reach: 'far' })
    expect(await tell({ newsletter: false }, 'statistics', { id: 'without' })).toMatchObject({
      rejected: [{ reason: 'consent' }],
    })
  })

  test('is not believed where the ruleset leaves a trait to others, nor weighs more than it may', async () => {
    const { tell, traits, collector } = open()
    const visitor = VISITOR
    const consent = { preferences: true }
    const said = { id: 'crm', name: 'identify', time: NOW - 60_000, properties: { tier: 'gold' } }
    await collector.ingest({ visitor, consent, isTrusted: true, source: 'crm', events: [said] })
    await tell({ tier: 'platinum' })
    expect(await traits()).toEqual({ tier: 'gold' })
    const told = { ...said, id: 'other', time: NOW, properties: { tier: 'none' } }
    const { rejected } = await collector.ingest({
      visitor,
      consent,
      isTrusted: true,
      source: 'shop',
      events: [told],
    })
    expect(rejected).toMatchObject([{ reason: 'no-trait' }])
  })

  test('that is told again after the declared weights changed is a repetition, and something else is none', async () => {
    const { store, collector, tell } = open()
    await tell({ tier: 'gold', newsletter: true })
    const tier = { type: 'string', sources: { crm: 5, browser: 2 } } as const
    const ruleset = { ...WITH_TRAITS, traits: { ...WITH_TRAITS.traits, tier } }
    const later = createCollector({ ruleset, secret: SECRET, store, clock: () => NOW })
    const said = (tier: string) => {
      const event = { id: 'told', name: 'identify', time: NOW, properties: { tier, newsletter: true } }
      return makeRequest({ body: makeBatch([event]) })
    }
    expect(await readAnswer(await later.handle(said('gold')))).toMatchObject({ duplicates: 1, rejected: [] })
    for (const one of [collector, later])
      expect(await readAnswer(await one.handle(said('none')))).toMatchObject({
        rejected: [{ reason: 'conflict' }],
      })
  })

  test('has what names a person taken out, also of a list', async () => {
    const { tell, traits } = open()
    await tell({ note: 'write to ann@example.com', sports: ['hiking', 'ann@example.com'] })
    expect(await traits()).toEqual({ note: 'write to [email]', sports: ['hiking', '[email]'] })
  })

  test('is counted by whoever watches, without what it told', async () => {
    const watch = { hear: vi.fn(), use: () => {} }
    const store = createMemoryStore()
    const options = { ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => NOW, watch }
    const event = { id: 'told', name: 'identify', time: NOW, properties: { newsletter: true } }
    await createCollector(options).handle(makeRequest({ body: makeBatch([event]) }))
    expect(watch.hear.mock.calls).toEqual([[{ name: 'identify', properties: {}, time: NOW }, NOW]])
  })

  test('is not heard when it is a program', async () => {
    const { collector, traits } = open()
    const event = { id: 'told', name: 'identify', time: NOW, properties: { newsletter: true } }
    const headers = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }
    const answer = await collector.handle(makeRequest({ body: makeBatch([event]), headers }))
    expect(await readAnswer(answer)).toMatchObject({ rejected: [{ reason: 'bot' }] })
    expect(await traits()).toBeUndefined()
  })
})
