import { expect, test } from 'vitest'
import { readConsent } from '../src/consent/read-consent.ts'

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
  expect(readConsent(cookie, null)).toEqual(granted)
})

test('global privacy control takes preferences and marketing away, and nothing else', () => {
  const all = 'functional.preferences.statistics-anonymous.statistics.marketing'
  const granted = { functional: true, statistics: true, 'statistics-anonymous': true }
  expect(readConsent(all, '1')).toEqual({ ...granted, preferences: false, marketing: false })
  expect(readConsent(all, '0')).toEqual({ ...granted, preferences: true, marketing: true })
  expect(readConsent(`${all}.gpc`, '1')).toEqual({ ...granted, preferences: true, marketing: true })
})
