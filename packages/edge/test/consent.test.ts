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

test('global privacy control takes marketing away and nothing else', () => {
  expect(readConsent('preferences.marketing', '1')).toEqual({ preferences: true, marketing: false })
  expect(readConsent('preferences.marketing', '0')).toEqual({ preferences: true, marketing: true })
})
