import { encodeVisitor } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createPersonalizer } from '../src/personalize.ts'
import {
  ANNA,
  keys,
  makeCookies,
  makeOptions,
  makeProfile,
  makeRequest,
  makeViews,
  NOW,
  RULESET,
} from './make.ts'

type Shown = readonly [variant: string | undefined, reason: string | undefined]

async function heroOf(
  cookies: { readonly [name: string]: string },
  host = createPersonalizer(makeOptions()),
): Promise<Shown> {
  const [hero] = (await host.personalize(makeRequest('/cart', cookies)))?.decisions ?? []
  return [hero?.variant, hero?.reason]
}

test('the session is looked at with consent to preferences only', async () => {
  const third = { label: 'Third visit', when: { attr: 'session.number', atLeast: 3 } } as const
  const experience = {
    key: 'hero-third',
    placement: 'hero',
    purpose: 'functional',
    audience: { segment: 'third' },
    allocation: [{ variant: 'hiking', share: 1 }],
  } as const
  const ruleset = publishRuleset({ ...RULESET, segments: { third }, experiences: [experience] })
  const host = createPersonalizer(makeOptions({ ruleset }))
  const attune_session = `3.7.${NOW / 1000 - 600}.${NOW / 1000 - 60}`
  const allowed = { attune_consent: 'preferences', attune_session }
  expect(await heroOf(allowed, host)).toEqual(['hiking', 'TARGETING_MATCH'])
  const refused = { attune_consent: 'statistics', attune_session }
  expect(await heroOf(refused, host)).toEqual(['default', 'CONSENT_DENIED'])
})

test('who was taken for a program is shown the baseline, whatever is allowed and kept', async () => {
  const cookies = makeCookies(ANNA, makeProfile(makeViews(3)))
  expect((await heroOf(cookies))[0]).toBe('hiking')
  expect(await heroOf({ ...cookies, attune_program: 'any' })).toEqual(['default', 'CONSENT_DENIED'])
})

test('the cookie of an account that came back after its sign-out is nobody’s; a visitor’s own is believed', async () => {
  const known = makeCookies(ANNA, makeProfile(makeViews(3)))
  const anonymous = { ...known, attune_left: '1763812800000' }
  expect((await heroOf(anonymous))[0]).toBe('hiking')
  const attune_visitor = encodeVisitor(keys, 'site', ANNA, true)
  expect((await heroOf({ ...known, attune_visitor }))[0]).toBe('hiking')
  const newcomer = await heroOf({ attune_consent: 'preferences' })
  expect(newcomer[0]).toBe('welcome')
  expect(await heroOf({ ...anonymous, attune_visitor })).toEqual(newcomer)
})
