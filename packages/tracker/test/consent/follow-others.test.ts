import { describe, expect, test } from 'vitest'
import { followGoogle } from '../../src/consent/follow/follow-google.ts'
import { followGpp, type GppPing } from '../../src/consent/follow/follow-gpp.ts'
import { followWp } from '../../src/consent/follow/follow-wp.ts'
import { tellGoogle } from '../../src/consent/tell-google.ts'
import { type ConsentPage, makeConsentPage } from './make-consent-page.ts'

const EVERYTHING = 'preferences.statistics.statistics-anonymous.marketing'

describe('GPP', () => {
  const ready = (parsedSections: object): GppPing => ({
    signalStatus: 'ready',
    parsedSections: { ...parsedSections },
  })

  function follow(page: ConsentPage, ping: unknown, success = true, options: object = {}): void {
    page.put('__gpp', (command: string, hear: (event: unknown, success: boolean) => void) => {
      if (command === 'addEventListener') hear({ eventName: 'signalStatus', pingData: ping }, success)
    })
    followGpp({ window: page.window, ...options })
  }

  test.each([
    ['usnat', [{ SaleOptOut: 1 }]],
    ['usca', { SharingOptOut: 1 }],
    ['usva', [{ SaleOptOut: 2, TargetedAdvertisingOptOut: 1 }]],
    ['usco', [{ SaleOptOut: 2 }, { Gpc: true }]],
  ])('an opt-out in %s takes marketing away, and nothing else', (section, fields) => {
    const page = makeConsentPage({}, EVERYTHING)
    follow(page, ready({ [section]: fields }))
    expect(page.said()).toBe('preferences.statistics.statistics-anonymous')
  })

  test.each([
    [
      'who did not opt out',
      ready({ usnat: [{ SaleOptOut: 2, SharingOptOut: 2, TargetedAdvertisingOptOut: 2 }] }),
    ],
    ['to whom it does not apply', ready({ usca: [{ SaleOptOut: 0 }] })],
    ['of whom nothing is said', ready({})],
    ['in another part of the world', ready({ tcfeuv2: { SaleOptOut: 1 } })],
    ['whose tool is not ready', { ...ready({ usnat: [{ SaleOptOut: 1 }] }), signalStatus: 'not ready' }],
    ['whose tool says rubbish', ready({ usnat: null, usca: ['1'], usva: 'SaleOptOut' })],
    ['whose tool says nothing', undefined],
  ])('of a visitor %s nothing changes, and it is no yes', (_name, ping) => {
    const known = makeConsentPage({}, 'preferences.marketing')
    follow(known, ping)
    const unknown = makeConsentPage()
    follow(unknown, ping)
    expect([known.said(), unknown.said()]).toEqual(['preferences.marketing', undefined])
  })

  test('who was not asked and opts out keeps the rest of what the owner grants unasked', () => {
    const page = makeConsentPage()
    follow(page, ready({ usnat: [{ SaleOptOut: 1 }] }), true, { unasked: ['preferences', 'marketing'] })
    expect(page.said()).toBe('preferences')
  })

  test('a failed answer says nothing', () => {
    const page = makeConsentPage({}, EVERYTHING)
    follow(page, ready({ usnat: [{ SaleOptOut: 1 }] }), false)
    expect(page.said()).toBe(EVERYTHING)
  })
})

describe('Google’s Consent Mode', () => {
  const granted = (...signals: readonly string[]): object =>
    Object.fromEntries(signals.map((name) => [name, 'granted']))
  const ADS = ['ad_storage', 'ad_user_data', 'ad_personalization']

  /** As gtag() pushes: its `arguments`. */
  function gtag(page: ConsentPage, ...given: readonly unknown[]): void {
    const { dataLayer = [] } = page.window as unknown as { dataLayer?: unknown[] }
    page.put('dataLayer', dataLayer)
    dataLayer.push(Object.assign(Object.create(null), given, { length: given.length }))
  }

  test('updates pushed before the script are not lost, and those after it are heard', () => {
    const page = makeConsentPage()
    gtag(page, 'consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied' })
    gtag(page, 'consent', 'update', granted('analytics_storage'))
    followGoogle({ window: page.window })
    expect(page.said()).toBe('statistics.statistics-anonymous')
    gtag(page, 'consent', 'update', granted('personalization_storage', ...ADS))
    expect(page.said()).toBe(EVERYTHING)
    gtag(page, 'consent', 'update', { ad_user_data: 'denied' })
    expect(page.said()).toBe('preferences.statistics.statistics-anonymous')
    gtag(page, 'event', 'purchase', granted('ad_user_data'))
    expect(page.announced()).toBe(3)
  })

  test('a default grants nothing, whatever it says, and a later update answers only for what it names', () => {
    const page = makeConsentPage()
    followGoogle({ window: page.window })
    gtag(page, 'consent', 'default', granted('personalization_storage', 'analytics_storage', ...ADS))
    expect(page.said()).toBeUndefined()
    gtag(page, 'consent', 'update', granted('analytics_storage'))
    expect(page.said()).toBe('statistics.statistics-anonymous')
  })

  test('whoever listens to the list before us goes on to hear all, and the list keeps its length', () => {
    const page = makeConsentPage()
    const heard: unknown[] = []
    const layer: unknown[] = []
    layer.push = (...entries) => heard.push(...entries)
    page.put('dataLayer', layer)
    followGoogle({ window: page.window })
    expect(layer.push({ event: 'a' }, 'b', null)).toBe(3)
    expect(heard).toEqual([{ event: 'a' }, 'b', null])
  })

  test.each<unknown>([null, 'granted', 42, { analytics_storage: true }, { toString: 'granted' }])(
    'an update of %j grants nothing',
    (said) => {
      const page = makeConsentPage()
      followGoogle({ window: page.window })
      gtag(page, 'consent', 'update', said)
      expect(page.said() ?? 'none').toBe('none')
    },
  )

  test('where the banner is ours, all seven signals are denied before any tag, and updates mirror what is granted', () => {
    const page = makeConsentPage()
    tellGoogle({ window: page.window })
    const { dataLayer } = page.window as unknown as { dataLayer: ArrayLike<unknown>[] }
    const entries = () => dataLayer.map((entry) => Array.from(entry))
    const denied = {
      ad_storage: 'denied',
      ad_user_data: 'denied',
      ad_personalization: 'denied',
      analytics_storage: 'denied',
      functionality_storage: 'denied',
      personalization_storage: 'denied',
      security_storage: 'denied',
    }
    expect(entries()).toEqual([['consent', 'default', denied]])
    page.document.cookie = 'attune_consent=statistics'
    page.emit('attune:consent')
    page.document.cookie = 'attune_consent=none'
    page.emit('attune:consent')
    expect(entries().slice(1)).toEqual([
      ['consent', 'update', { ...denied, analytics_storage: 'granted' }],
      ['consent', 'update', denied],
    ])
  })
})

describe('the WP Consent API', () => {
  function ask(page: ConsentPage, allowed: readonly string[], type: string | undefined = 'optin'): void {
    page.put('wp_consent_type', type)
    page.put('wp_has_consent', (category: string) => type === '' || allowed.includes(category))
  }

  test('is taken over, with each change', () => {
    const page = makeConsentPage()
    ask(page, ['preferences'])
    followWp({ window: page.window })
    expect(page.said()).toBe('preferences')
    ask(page, ['statistics', 'marketing'])
    page.emit('wp_listen_for_consent_change')
    expect(page.said()).toBe('statistics.marketing')
  })

  test('says yes to all while nobody asks, which is nobody’s yes', () => {
    const page = makeConsentPage({}, 'preferences')
    ask(page, [], '')
    followWp({ window: page.window })
    expect(page.said()).toBe('none')
    ask(page, ['statistics'])
    page.emit('wp_consent_type_defined')
    expect(page.said()).toBe('statistics')
  })

  test.each([
    ['optin', undefined, undefined],
    ['optin', 'preferences', 'none'],
    ['optout', undefined, 'none'],
  ])(
    'that grants nothing, by %s, makes "%s" "%s": nothing is written before somebody was asked',
    (type, before, after) => {
      const page = makeConsentPage({}, before)
      ask(page, [], type)
      followWp({ window: page.window })
      expect(page.said()).toBe(after)
    },
  )

  test('that is missing after 2 s is a no', () => {
    const page = makeConsentPage({}, 'preferences')
    followWp({ window: page.window })
    page.wait(2_100)
    expect(page.said()).toBe('none')
  })
})

test('Global Privacy Control goes on to hold over what another tool says', () => {
  const page = makeConsentPage({ globalPrivacyControl: true }, 'preferences.marketing.gpc')
  page.put('wp_consent_type', 'optin')
  page.put('wp_has_consent', () => true)
  followWp({ window: page.window })
  // An answer that is not to our own question ends the yes in spite of the objection.
  expect(page.said()).toBe(EVERYTHING)
})
