import { type Consent, type ConsentRules, isGranted, PURPOSES, type Purpose } from '@attune/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { readConsent as readInCollector } from '../../../collector/src/consent/read-consent.ts'
import { REGIONS, ROWS, RULES, SAID, TABLE } from '../../../collector/test/consent/truth-table.ts'
import { readConsent as readAtEdge } from '../../../edge/src/consent/read-consent.ts'
import { readConsent as readInTracker, readPermission } from '../../../tracker/src/consent/consent-cookie.ts'
import { localConsent } from '../../../tracker/src/local/local-visitor.ts'
import { objectingPage } from '../../../tracker/src/local/objecting-page.ts'
import { startEngine } from './engines/start-engine.ts'

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
    expect(listed(readAtEdge(words ?? '', gpc))).toBe(said === 'not asked' ? '-' : granted)
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

// By which header a browser objects, and whether the site obeys that one.
const SIGNALS = [
  { signal: 'Global Privacy Control', by: 'gpc', obeys: false },
  { signal: 'Do Not Track, which is obeyed', by: 'dnt', obeys: true },
] as const

describe.each(ROWS)('Do Not Track $gpc, $said, region $region', ({ gpc, said, region, granted }) => {
  const words = SAID[said]

  test.each([true, false])(
    'the browser of a site that obeys it (%s) grants what every other host does',
    (obeys) => {
      const window = makeWindow(words, false, gpc ? '1' : null)
      const ignored = ROWS.find((row) => !row.gpc && row.said === said && row.region === region)!.granted
      const consent = localConsent(obeys ? objectingPage(window) : window, unaskedIn(region))
      expect(listed(consent)).toBe(obeys ? granted : ignored)
      const rules: ConsentRules = { ...RULES, doNotTrack: obeys ? 'obey' : 'ignore' }
      const asked = { doNotTrack: gpc ? '1' : null, region: REGIONS[region], rules }
      expect(listed(readInCollector(words, null, asked))).toBe(obeys ? granted : ignored)
    },
  )
})

describe.each(SIGNALS)('the plugin, in PHP, by $signal', ({ by, obeys }) => {
  let answers: readonly string[]

  beforeAll(async () => {
    const engine = await startEngine('test/twin/php/consent.php')
    const lines = ROWS.map(({ gpc, said, region }) => {
      const cookie = SAID[said] === undefined ? 'other=1' : `other=1; attune_consent=${SAID[said]}`
      // Its setting is for the whole site: a site that wants a stated yes is of the strictest region.
      const signals = { gpc: false, dnt: false, [by]: gpc }
      return JSON.stringify({ cookie, ...signals, obeys, explicit: region !== 'may wait for a no' })
    })
    answers = await engine.ask(lines)
    await engine.end()
  }, 60_000)

  test.each(ROWS.map((row, at) => ({ ...row, at })))(
    '$gpc, $said, region $region: $granted',
    ({ granted, at }) => {
      const purposes: readonly string[] = JSON.parse(answers[at]!)
      expect(listed(Object.fromEntries(purposes.map((purpose) => [purpose, true])))).toBe(granted)
    },
  )
})

test('a site that ignores Do Not Track takes it for nothing, in PHP', async () => {
  const engine = await startEngine('test/twin/php/consent.php')
  const cookie = 'attune_consent=preferences.statistics.marketing'
  const [answer = ''] = await engine.ask([
    JSON.stringify({ cookie, gpc: false, dnt: true, obeys: false, explicit: true }),
  ])
  await engine.end()
  expect(JSON.parse(answer)).toEqual(['functional', 'preferences', 'statistics', 'marketing'])
}, 60_000)

function listed(consent: Consent): string {
  const purposes = PURPOSES.filter((purpose) => purpose !== 'functional' && isGranted(consent, purpose))
  return purposes.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join(' ') || '-'
}

const ORDER: readonly Purpose[] = ['preferences', 'statistics', 'statistics-anonymous', 'marketing']

function unaskedIn(region: keyof typeof REGIONS): readonly Exclude<Purpose, 'functional'>[] | undefined {
  return region === 'may wait for a no' ? ['preferences', 'statistics-anonymous'] : undefined
}

function makeWindow(
  words: string | undefined,
  globalPrivacyControl: boolean,
  doNotTrack: string | null = null,
): Window & typeof globalThis {
  const cookie = words === undefined ? 'other=1' : `other=1; attune_consent=${words}`
  // The rest of a window is not looked at.
  return { document: { cookie }, navigator: { globalPrivacyControl, doNotTrack } } as unknown as Window &
    typeof globalThis
}
