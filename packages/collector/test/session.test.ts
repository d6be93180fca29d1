import { expect, test } from 'vitest'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  RULESET,
  setCookies,
} from './builders.ts'

const seconds = NOW / 1000
// The third session, of two pages, ten minutes old.
const attune_session = `3.2.${seconds - 600}.${seconds - 60}`
const ruleset = {
  ...RULESET,
  segments: { ...RULESET.segments, third: { when: { attr: 'session.number', atLeast: 3 } } },
  experiences: [
    {
      key: 'rail-third',
      placement: 'rail',
      audience: { segment: 'third' },
      allocation: [{ variant: 'nearby', share: 1 }],
    },
  ],
} as const

async function experienceOf(cookies: { readonly [name: string]: string }): Promise<unknown> {
  const store = makeStore()
  const kept: unknown[] = []
  const append: typeof store.append = (batch) => {
    kept.push(...batch.events.map(({ properties }) => properties.experience))
    return store.append(batch)
  }
  const shown = makeEvent('a', { name: 'exposure', properties: { placement: 'rail', variant: 'nearby' } })
  const request = makeRequest({ cookies, body: makeBatch([shown]) })
  await makeCollector({ ruleset, store: { ...store, append } }).handle(request)
  return kept[0]
}

test('an exposure is of the experience that the session decides', async () => {
  expect(await experienceOf({ attune_session })).toBe('rail-third')
  expect(await experienceOf({ attune_session: attune_session.replace('3', '2') })).toBeUndefined()
  expect(await experienceOf({})).toBeUndefined()
})

test.each([
  ['none', true],
  ['statistics', false],
  ['marketing', true],
])('with consent to %s alone the session is forgotten: %s', async (granted, isForgotten) => {
  const cookies = { attune_consent: granted, attune_visitor: '', attune_session }
  const { attune_session: written } = setCookies(await makeCollector().handle(makeRequest({ cookies })))
  expect(written).toBe(isForgotten ? 'attune_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0' : undefined)
})
