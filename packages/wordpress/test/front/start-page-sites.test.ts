import { bucketOf } from '@attune/core'
import type { Window as HappyWindow } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import { COLLECTOR, openFront, type PageParts, SEEN } from './support/front.ts'

const front = openFront()
const known = (scope = '') => JSON.parse(front.window.localStorage.getItem(`attune_known${scope}`) ?? 'null')
const stored = (): readonly string[] => Object.keys(front.window.localStorage).sort()

describe('with a collector', () => {
  const ID = 'CCCCCCCCCCCCCCCCCCCCCC'
  const holdout = { share: 0.5, salt: '2026q4' }
  const look = (parts: PageParts) =>
    front.look({ events: [SEEN], config: { collector: COLLECTOR }, ...parts })

  test('shares are drawn by the id that the servers draw by', async () => {
    front.consent('preferences')
    await look({ visitor: ID })
    expect(known().u).toBe(ID)
  })

  test('whom the servers hold out, the browser holds out, and nobody else', async () => {
    front.consent('preferences')
    for (const visitor of Array.from({ length: 20 }, (_, at) => `visitor-${at}`)) {
      await look({ visitor, ruleset: { holdout } })
      const isOut = bucketOf(visitor, `holdout:${holdout.salt}`) < 5_000
      expect([visitor, known().o === true]).toEqual([visitor, isOut])
    }
  })

  test('until the id was heard nobody is in a share or held out', async () => {
    front.consent('preferences')
    await look({ ruleset: { holdout: { ...holdout, share: 1 } } })
    expect(known()).toMatchObject({
      u: '',
      s: [[true, expect.any(Number), false, expect.any(Number)], expect.any(Array)],
    })
    expect(known().o).toBeUndefined()
  })

  test('the id goes with the consent', async () => {
    front.consent('preferences')
    await look({ visitor: ID })
    front.say('none')
    expect(stored()).toEqual([])
  })
})

describe('where the owner asks for no stated yes', () => {
  const look = (config: object = {}) =>
    front.look({ events: [SEEN], config: { explicitConsent: false, ...config } })
  const state = () => {
    const cookies = front.window.document.cookie.split('; ')
    return [known() !== null, cookies.filter((cookie) => !/^attune_(?:k|session)=/.test(cookie)).join('; ')]
  }

  test('who was not asked is remembered, until they say no', async () => {
    await look()
    expect(state()).toEqual([true, ''])
    front.say('none')
    await front.settle()
    expect(state()).toEqual([false, 'attune_consent=none'])
    await look()
    expect(state()).toEqual([false, 'attune_consent=none'])
  })

  test('a purchase counts for them too', async () => {
    const bought = { name: 'purchase', properties: { transaction_id: '71' } }
    const ruleset = { events: { purchase: { properties: { transaction_id: 'string' } } }, segments: {} }
    await front.look({ events: [bought], config: { explicitConsent: false }, ruleset })
    expect(front.window.localStorage.getItem('attune_told')).toBe('71')
  })

  test.each(['wp_consent_type', 'wp_fallback_consent_type'])(
    'who is asked through the WP Consent API (%s) and says nothing is not',
    async (name) => {
      Object.assign(front.window, { [name]: 'optin', wp_has_consent: () => false })
      await look({ consentApi: true })
      expect(state()).toEqual([false, ''])
      expect(front.window.sessionStorage.length).toBe(0)
    },
  )

  test('who is asked only later is not from then on', async () => {
    Object.assign(front.window, { wp_has_consent: () => true })
    await look({ consentApi: true })
    expect(state()).toEqual([true, ''])
    Object.assign(front.window, { wp_consent_type: 'optin', wp_has_consent: () => false })
    front.window.document.dispatchEvent(new front.window.CustomEvent('wp_consent_type_defined'))
    expect(state()).toEqual([false, 'attune_consent=none'])
  })

  test('a page of an earlier version, which does not say so, wants a stated yes', async () => {
    await look({ explicitConsent: undefined, scope: undefined, path: undefined })
    expect(state()).toEqual([false, ''])
  })
})

describe('sites in folders of one network', () => {
  const look = async (site: number, events: readonly object[]): Promise<void> => {
    // Another window would have another storage.
    ;(front.window as unknown as HappyWindow).happyDOM.setURL(`https://site.test/${site}/`)
    await front.look({ events, config: { scope: `_${site}`, path: `/${site}/` } })
  }
  const truth = (site: number): unknown => known(`_${site}`).s[0][0]

  test('each know their own, and set their key for their own pages', async () => {
    front.consent('preferences')
    await look(2, [SEEN])
    expect(front.window.document.cookie).toContain('attune_k=v1.3fa1c2.AQAAAAIAAAA')
    await look(3, [{ name: 'add_to_cart', properties: {} }])
    expect([truth(2), truth(3)]).toEqual([true, false])
    expect(front.window.document.cookie).toContain('attune_k=v1.3fa1c2.AAAAAAMAAAA')
    expect(front.window.document.cookie).not.toContain('AQAAAAIAAAA')
    // The visit began at the first of them, and is one for both.
    expect(stored()).toEqual([
      'attune_known_2',
      'attune_known_3',
      'attune_profile_2',
      'attune_profile_3',
      'attune_touches_2',
    ])
  })

  test('a consent taken back at one takes along its own; the other obeys when it is looked at', async () => {
    front.consent('preferences')
    await look(2, [SEEN])
    await look(3, [SEEN])
    front.consent('none')
    await look(3, [])
    expect(stored()).toEqual(['attune_known_2', 'attune_profile_2', 'attune_touches_2'])
    await look(2, [])
    expect([stored(), front.window.document.cookie]).toEqual([[], 'attune_consent=none'])
  })
})
