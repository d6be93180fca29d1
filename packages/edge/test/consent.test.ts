import { expect, test } from 'vitest'
import { readConsent } from '../src/consent/read-consent.ts'
import { createSite } from '../src/site.ts'
import { readVisit } from '../src/visit.ts'
import { makeOptions, makeRequest } from './make.ts'

test.each([
  ['', {}],
  ['none', {}],
  ['preferences', { preferences: true }],
  [
    'preferences.statistics-anonymous.marketing',
    { preferences: true, 'statistics-anonymous': true, marketing: true },
  ],
  ['Preferences', {}],
  ['preferences,statistics', {}],
  ['__proto__.preferences.constructor', { preferences: true }],
  ['preferences.preferences', { preferences: true }],
])('the cookie %j grants %j', (cookie, granted) => {
  expect(readConsent(cookie, false)).toEqual(granted)
})

test('an objection of the browser takes preferences and marketing away, and nothing else', () => {
  const all = 'functional.preferences.statistics-anonymous.statistics.marketing'
  const granted = { functional: true, statistics: true, 'statistics-anonymous': true }
  expect(readConsent(all, true)).toEqual({ ...granted, preferences: false, marketing: false })
  expect(readConsent(all, false)).toEqual({ ...granted, preferences: true, marketing: true })
  expect(readConsent(`${all}.gpc`, true)).toEqual({ ...granted, preferences: true, marketing: true })
})

test.each([
  [{}, undefined, true],
  [{ 'sec-gpc': '0', dnt: '0' }, 'obey', true],
  [{ 'sec-gpc': '1' }, undefined, false],
  [{ 'sec-gpc': '1', dnt: '0' }, 'obey', false],
  [{ dnt: '1' }, undefined, true],
  [{ dnt: '1' }, 'ignore', true],
  [{ dnt: '1' }, 'obey', false],
  [{ 'sec-gpc': '0', dnt: '1' }, 'obey', false],
] as const)('a browser that says %j, with Do Not Track %s, may be known: %s', (headers, doNotTrack, may) => {
  const site = createSite(makeOptions({ doNotTrack }), 'test')
  const asked = (said: string) =>
    readVisit(site, makeRequest('/', { attune_consent: said }, headers)).personal
  expect([asked('preferences'), asked('preferences.gpc'), asked('none')]).toEqual([may, true, false])
})
