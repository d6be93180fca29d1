import { expect, test } from 'vitest'
import { type ConsentQuestion, settleConsent } from '../src/consent/settle-consent.ts'

const YES = ['preferences', 'statistics', 'marketing']

test.each<[Partial<ConsentQuestion>, 'ignore' | 'obey' | undefined, string]>([
  [{ doNotTrack: true }, undefined, 'preferences statistics marketing'],
  [{ doNotTrack: true }, 'ignore', 'preferences statistics marketing'],
  [{ doNotTrack: true }, 'obey', 'statistics'],
  [{ doNotTrack: false }, 'obey', 'preferences statistics marketing'],
  [{ doNotTrack: true, globalPrivacyControl: true }, 'ignore', 'statistics'],
  [{ doNotTrack: true, globalPrivacyControl: true }, 'obey', 'statistics'],
  [{ doNotTrack: true, said: [...YES, 'gpc'] }, 'obey', 'preferences statistics marketing'],
])(
  'do not track, %j with %s, leaves %s: never more than Global Privacy Control takes',
  (said, doNotTrack, left) => {
    const question = { said: YES, globalPrivacyControl: false, ...said }
    expect(granted(settleConsent(question, doNotTrack === undefined ? {} : { doNotTrack }))).toBe(left)
  },
)

test.each([
  ['US-CA', ''],
  ['US-TX', 'statistics'],
  ['US', 'statistics'],
  ['DE', ''],
  ['', ''],
  ['us', ''],
  ['toString', ''],
  [undefined, ''],
])('who was not asked in %s is granted "%s"', (region, unasked) => {
  const rules = { unasked: { US: ['statistics'], 'US-CA': [] } } as const
  expect(granted(settleConsent({ globalPrivacyControl: false, region }, rules))).toBe(unasked)
})

test.each(['FR', undefined, 'US-CA'])('"*" is everywhere that is not named: %s', (region) => {
  const rules = { unasked: { '*': ['statistics'], US: [] } } as const
  const left = region === 'US-CA' ? '' : 'statistics'
  expect(granted(settleConsent({ globalPrivacyControl: false, region }, rules))).toBe(left)
})

test('words that are no purposes grant nothing', () => {
  const said = ['gpc', '__proto__', 'constructor', 'Preferences', 'preferences ', '', 'marketing']
  expect(settleConsent({ said, globalPrivacyControl: false })).toEqual({ marketing: true })
})

test('an owner cannot say yes in spite of an objection for visitors who were not asked', () => {
  // A settings file is not typed.
  const rules = { unasked: { US: ['preferences', 'gpc' as 'statistics'] } } as const
  expect(settleConsent({ globalPrivacyControl: true, region: 'US' }, rules)).toEqual({ preferences: false })
})

function granted(consent: object): string {
  return Object.entries(consent)
    .flatMap(([purpose, state]) => (state === true ? [purpose] : []))
    .sort((a, b) => YES.indexOf(a) - YES.indexOf(b))
    .join(' ')
}
