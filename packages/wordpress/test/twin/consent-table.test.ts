import { type Consent, type ConsentRules, isGranted, PURPOSES, type Purpose } from '@attune/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { readConsent as readInCollector } from '../../../collector/src/consent/read-consent.ts'
import { readConsent as readAtEdge } from '../../../edge/src/consent/read-consent.ts'
import { readConsent as readInTracker, readPermission } from '../../../tracker/src/consent/consent-cookie.ts'
import { localConsent } from '../../../tracker/src/local/local-visitor.ts'
import { startEngine } from './engines/start-engine.ts'

/** What the plugin knows an owner may grant unasked. */
const RULES: ConsentRules = { unasked: { US: ['preferences', 'statistics-anonymous'] } }

const SAID = {
  'not asked': undefined,
  refused: 'none',
  'an older yes': 'preferences.statistics.marketing',
  'yes in spite of it': 'preferences.statistics.marketing.gpc',
}
const REGIONS = { unknown: undefined, 'asks first': 'DE', 'may wait for a no': 'US-CA' }

type Row = readonly [gpc: boolean, said: keyof typeof SAID, region: keyof typeof REGIONS, granted: string]

// Judged by hand. What is granted beside `functional`; `-`: nothing.
const TABLE: readonly Row[] = [
  [false, 'not asked', 'unknown', '-'],
  [false, 'not asked', 'asks first', '-'],
  [false, 'not asked', 'may wait for a no', 'preferences statistics-anonymous'],
  [false, 'refused', 'unknown', '-'],
  [false, 'refused', 'asks first', '-'],
  [false, 'refused', 'may wait for a no', '-'],
  [false, 'an older yes', 'unknown', 'preferences statistics marketing'],
  [false, 'an older yes', 'asks first', 'preferences statistics marketing'],
  [false, 'an older yes', 'may wait for a no', 'preferences statistics marketing'],
  [false, 'yes in spite of it', 'unknown', 'preferences statistics marketing'],
  [false, 'yes in spite of it', 'asks first', 'preferences statistics marketing'],
  [false, 'yes in spite of it', 'may wait for a no', 'preferences statistics marketing'],
  [true, 'not asked', 'unknown', '-'],
  [true, 'not asked', 'asks first', '-'],
  [true, 'not asked', 'may wait for a no', 'statistics-anonymous'],
  [true, 'refused', 'unknown', '-'],
  [true, 'refused', 'asks first', '-'],
  [true, 'refused', 'may wait for a no', '-'],
  [true, 'an older yes', 'unknown', 'statistics'],
  [true, 'an older yes', 'asks first', 'statistics'],
  [true, 'an older yes', 'may wait for a no', 'statistics'],
  [true, 'yes in spite of it', 'unknown', 'preferences statistics marketing'],
  [true, 'yes in spite of it', 'asks first', 'preferences statistics marketing'],
  [true, 'yes in spite of it', 'may wait for a no', 'preferences statistics marketing'],
]
const ROWS = TABLE.map(([gpc, said, region, granted]) => ({ gpc, said, region, granted }))

test('the table has every row of signal, answer and region, once', () => {
  const all = [false, true].flatMap((gpc) =>
    Object.keys(SAID).flatMap((said) => Object.keys(REGIONS).map((region) => `${gpc} ${said} ${region}`)),
  )
  expect(TABLE.map(([gpc, said, region]) => `${gpc} ${said} ${region}`)).toEqual(all)
})

describe.each(ROWS)('GPC $gpc, $said, region $region', ({ gpc, said, region, granted }) => {
  const words = SAID[said]
  const header = gpc ? '1' : null

  test(`the collector grants ${granted}`, () => {
    expect(listed(readInCollector(words, header, { region: REGIONS[region], rules: RULES }))).toBe(granted)
  })

  test('the edge grants the same, and knows no region but the strictest', () => {
    expect(listed(readAtEdge(words ?? '', header))).toBe(said === 'not asked' ? '-' : granted)
  })

  test('the tracker grants the same, and sends with preferences or statistics alone', () => {
    const window = makeWindow(words, gpc)
    const unasked = unaskedIn(region)
    const purposes = readInTracker(window, unasked)
    expect(listed(Object.fromEntries((purposes ?? []).map((purpose) => [purpose, true])))).toBe(granted)
    expect(listed(localConsent(window, unasked))).toBe(granted)
    // The rest of a page is not looked at.
    const sends = readPermission({ window, consent: unasked } as Parameters<typeof readPermission>[0])
    expect(sends === true).toBe(/preferences|statistics(?!-)/.test(granted))
  })
})

describe('the plugin, in PHP', () => {
  let answers: readonly string[]

  beforeAll(async () => {
    const engine = await startEngine('test/twin/php/consent.php')
    const lines = ROWS.map(({ gpc, said, region }) => {
      const cookie = SAID[said] === undefined ? 'other=1' : `other=1; attune_consent=${SAID[said]}`
      // Its setting is for the whole site: a site that wants a stated yes is of the strictest region.
      return JSON.stringify({ cookie, gpc, explicit: region !== 'may wait for a no' })
    })
    answers = await engine.ask(lines)
    await engine.end()
  }, 60_000)

  test.each(ROWS.map((row, at) => ({ ...row, at })))(
    'GPC $gpc, $said, region $region: $granted',
    ({ granted, at }) => {
      const purposes: readonly string[] = JSON.parse(answers[at]!)
      expect(listed(Object.fromEntries(purposes.map((purpose) => [purpose, true])))).toBe(granted)
    },
  )
})

function listed(consent: Consent): string {
  const purposes = PURPOSES.filter((purpose) => purpose !== 'functional' && isGranted(consent, purpose))
  return purposes.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join(' ') || '-'
}

const ORDER: readonly Purpose[] = ['preferences', 'statistics', 'statistics-anonymous', 'marketing']

function unaskedIn(region: keyof typeof REGIONS): readonly Exclude<Purpose, 'functional'>[] | undefined {
  return region === 'may wait for a no' ? ['preferences', 'statistics-anonymous'] : undefined
}

function makeWindow(words: string | undefined, globalPrivacyControl: boolean): Window & typeof globalThis {
  const cookie = words === undefined ? 'other=1' : `other=1; attune_consent=${words}`
  // The rest of a window is not looked at.
  return { document: { cookie }, navigator: { globalPrivacyControl } } as unknown as Window &
    typeof globalThis
}
