import { expect, test } from 'vitest'
import { createExplainer } from '../src/explain.ts'
import { createPersonalizer } from '../src/personalize.ts'
import { createPreview } from '../src/preview/preview.ts'
import {
  ANNA,
  applyCookies,
  keys,
  makeCookies,
  makeOptions,
  makeProfile,
  makeRequest,
  makeToken,
  makeViews,
  NOW,
} from './make.ts'

const explainer = createExplainer(makeOptions())
const personalizer = createPersonalizer(makeOptions())
const hiker = makeProfile(makeViews(3))

test('a page is explained with the decisions it shows and how every experience stood', async () => {
  const cookies = makeCookies(ANNA, hiker)
  const shown = (await personalizer.personalize(makeRequest('/', cookies)))!
  const explained = (await explainer.explain(makeRequest('/attune/explain', cookies), '/'))!
  expect(explained.placements.map(({ decision }) => decision)).toEqual(shown.decisions)
  expect(explained.placements[0]!.experiences.map(({ key, outcome }) => [key, outcome])).toEqual([
    ['hero-hiking', 'wins'],
    ['hero-welcome', 'unheard'],
  ])
  expect(explained.placements[0]!.experiences[0]!.audience).not.toBeNull()
  expect([explained.route, explained.path, explained.now, explained.profileFrom, explained.notes]).toEqual([
    '/',
    '/',
    NOW,
    'token',
    [],
  ])
})

test('segments are named, and the query of the page is looked at', async () => {
  const request = makeRequest('/attune/explain?ref=other', makeCookies(ANNA, hiker))
  const { segments, context } = (await explainer.explain(request, '/product/new?ref=mail'))!
  expect(segments.filter(({ match }) => match === true).map(({ key, label }) => [key, label])).toEqual([
    ['hiker', 'Hikers'],
    ['newcomer', 'newcomer'],
    ['mailed', 'mailed'],
  ])
  expect(context.query).toEqual({ ref: 'mail' })
})

test('audiences and segments are told in sentences, with what would change them', async () => {
  const cookies = makeCookies(ANNA, makeProfile(makeViews(2)))
  const explained = (await explainer.explain(makeRequest('/attune/explain', cookies), '/'))!
  const { audience } = explained.placements[0]!.experiences[0]!
  expect([audience?.sentence, audience?.children[0]?.sentence, audience?.children[0]?.saw]).toEqual([
    'is in the segment “Hikers”',
    'viewed an item where the category is hiking, at least 3 times so far',
    '2 times',
  ])
  expect(audience?.counterfactual?.sentence).toBe('With one more view of hiking it would match.')
  const { description, counterfactual } = explained.segments.find(({ key }) => key === 'hiker')!
  expect([description, counterfactual]).toEqual([
    'viewed an item where the category is hiking, at least 3 times so far',
    'With one more view of hiking it would match.',
  ])
})

test('an explainer of a ruleset without its document is refused, and told how to publish it', () => {
  const { document: _, ...ruleset } = makeOptions().ruleset
  expect(() => createExplainer(makeOptions({ ruleset }))).toThrow('without --no-document')
})

test('what the session holds still is shown beside what a new document would show', async () => {
  const first = makeCookies(ANNA, makeProfile())
  const pinned = applyCookies(first, (await personalizer.personalize(makeRequest('/', first)))!.cookies)
  const changed = { ...pinned, attune_token: makeToken(ANNA, hiker) }
  const { placements } = (await explainer.explain(makeRequest('/attune/explain', changed), '/cart'))!
  expect(placements.map(({ decision, pinned: held }) => [decision.variant, held?.variant])).toEqual([
    ['hiking', 'welcome'],
  ])
})

test('what is out of the ordinary is said in sentences', async () => {
  const notes = async (cookies: { readonly [name: string]: string }, host = explainer): Promise<unknown> =>
    (await host.explain(makeRequest('/attune/explain', cookies), '/cart'))!.notes
  const past = createPreview(keys, 'site', { exp: NOW / 1000 + 60, now: NOW - 86_400_000 })
  expect(await notes({})).toEqual([
    'Without consent to preferences only functional experiences are considered.',
  ])
  expect(await notes({ attune_consent: 'preferences' })).toEqual([
    'No visitor id yet: nothing that divides visitors is considered.',
  ])
  expect(await notes({ ...makeCookies(ANNA, hiker), attune_preview: past })).toEqual([
    'The time looked at lies before the newest event: the profile may count events later than it.',
  ])
  const store = { load: () => Promise.reject(new Error('down')) }
  const failing = createExplainer(makeOptions({ store, onError: () => {} }))
  expect(await notes(makeCookies(ANNA), failing)).toEqual([
    'The profile store gave no answer in time: baselines are shown.',
  ])
})

test('a store that failed is explained by the baselines it leads to', async () => {
  const store = { load: () => Promise.reject(new Error('down')) }
  const failing = createExplainer(makeOptions({ store, onError: () => {} }))
  const explained = (await failing.explain(makeRequest('/attune/explain', makeCookies(ANNA)), '/cart'))!
  expect(explained.profileFrom).toBe('failed')
  expect(explained.placements).toEqual([
    {
      placement: 'hero',
      decision: { placement: 'hero', variant: 'default', reason: 'ERROR', until: null },
      pinned: null,
      experiences: [],
    },
  ])
})

test.each([
  '/nowhere',
  '//evil.example/cart',
  'https://evil.example/cart',
  'cart',
  '',
  '/attune/x',
  '/\\evil.example/cart',
])('there is nothing to explain at %j', async (path) => {
  expect(await explainer.explain(makeRequest('/attune/explain'), path)).toBeUndefined()
})

test('an explanation holds no visitor id', async () => {
  const explained = await explainer.explain(makeRequest('/attune/explain', makeCookies(ANNA, hiker)), '/')
  expect(JSON.stringify(explained)).not.toContain(ANNA)
})

test('an explainer without a secret is refused', () => {
  expect(() => createExplainer(makeOptions({ secret: '' }))).toThrow(
    '[edge] createExplainer: `secret` is missing',
  )
})
