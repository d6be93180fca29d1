import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  BROWSER,
  GERMAN,
  handshakeOf,
  keenPersona,
  keyOf,
  keysOf,
  marksOf,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const placement = (attributes: object): string =>
  adaptive(
    attributes,
    variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY')),
    variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )

describe.each(['6.5', '6.7'] as const)('WordPress %s', (version) => {
  let site: WordPressSite
  let keen: Persona

  beforeAll(async () => {
    site = await startStage(version)
    keen = keenPersona(site)
    await addPost(site, { name: 'auto', content: placement({ placementId: 'auto', reserve: '12rem' }) })
    await addPost(site, { name: 'server', content: placement({ placementId: 'server', delivery: 'server' }) })
    await addPost(site, {
      name: 'fragment',
      content: placement({ placementId: 'fragment', delivery: 'fragment' }),
    })
    await addPost(site, { name: 'static', content: placement({ placementId: 'static', delivery: 'static' }) })
  })
  afterAll(() => site?.stop())

  const ask = async (
    path: string,
    persona: Persona = NOBODY,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const answer = await site.fetch(path, { ...persona, headers: { ...persona.headers, ...headers } })
    expect(answer.headers.getSetCookie(), path).toEqual([])
    return answer
  }
  const settle = (settings: string): Promise<string> =>
    site.php(`Attune\\save_settings( array( ${settings} ) );`)

  describe('inline', () => {
    test('says what the browser needs to choose, and keeps the room that the editor asked for', async () => {
      const { hash } = await keysOf(site)
      const html = await (await ask('/auto/')).text()
      const asked = /<attune-placement [^>]*data-attune="([^"]*)" style="([^"]*)"/.exec(html)!
      expect(JSON.parse(asked[1]!.replaceAll('&quot;', '"'))).toEqual({
        p: 'auto',
        h: hash.slice(0, 6),
        v: [
          ['germany', 'any', [3]],
          ['keen', 'any', [1]],
        ],
      })
      expect(asked[2]).toBe('display:block;min-height:12rem')
    })

    test('tells the page’s script the same whoever asks', async () => {
      const { hash, keys } = await keysOf(site)
      const config = async (persona: Persona): Promise<unknown> =>
        JSON.parse(
          /id="attune-config">(.*?)<\/script>/.exec(await (await ask('/auto/', persona)).text())![1]!,
        )
      const told = await config(NOBODY)
      expect(told).toMatchObject({
        hash,
        keys,
        collector: '',
        explicitConsent: true,
        consentApi: false,
        events: [],
      })
      expect(await config(keen)).toEqual(told)
    })

    test('its inline scripts have the hashes that a policy can list, or the site’s nonce', async () => {
      const hashes = JSON.parse(await site.php(`echo wp_json_encode( attune_script_hashes() );`))
      const html = await (await ask('/auto/')).text()
      const scripts = [...html.matchAll(/<script data-cfasync[^>]*>(.*?)<\/script>/gs)].map(
        ([, text]) => text!,
      )
      expect(scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)).toEqual(
        hashes,
      )
      await site.php(
        `file_put_contents( WPMU_PLUGIN_DIR . '/nonce.php', '<?php add_filter( "attune_script_nonce", static fn () => "n\\"0nce" );' );`,
      )
      const nonced = await (await ask('/auto/')).text()
      await site.php(`unlink( WPMU_PLUGIN_DIR . '/nonce.php' );`)
      expect(nonced.match(/nonce="n&quot;0nce">/g)).toHaveLength(2)
    })
  })

  describe('server', () => {
    test('a page whose editor wants it decided on the server is kept by no cache', async () => {
      const answer = await ask('/server/', keen)
      expect(answer.headers.get('cache-control')).toMatch(/no-store/)
      expect(allMarksOf(await answer.text())).toEqual(['MARK-KEEN'])
    })

    test('a page for somebody who is logged in is decided for them', async () => {
      const { cookies } = await site.login('subscriber')
      const german = { cookies, headers: GERMAN.headers }
      const answer = await site.fetch('/auto/', german)
      expect(answer.headers.get('cache-control')).toMatch(/no-store|private/)
      expect(allMarksOf(await answer.text())).toEqual(['MARK-GERMANY'])
    })

    test('a profile that the browser keeps speaks through its key where the page is the visitor’s alone', async () => {
      const { hash, keys } = await keysOf(site)
      const { cookies } = await site.login('subscriber')
      const key = keyOf(hash, keys, { keen: true, returning: false })
      const html = async (consent: string): Promise<readonly string[]> => {
        const all = `${cookies}; attune_k=${key}${consent}`
        return allMarksOf(
          await (await site.fetch('/auto/', { cookies: all, headers: NOBODY.headers })).text(),
        )
      }
      expect(await html('; attune_consent=preferences')).toEqual(['MARK-KEEN'])
      // Without a yes to preferences nothing of the visitor's own is looked at.
      expect(await html('')).toEqual(['MARK-DEFAULT'])
    })
  })

  describe('fragment', () => {
    const named = (html: string): { name: string; bits: string } => {
      const found = /<attune-placement [^>]*data-fragment="([^"]*)" data-bits="([^"]*)"/.exec(html)!
      return { name: found[1]!, bits: found[2]! }
    }

    test('the page holds the default and the address of the rest', async () => {
      const html = await (await ask('/fragment/', keen)).text()
      expect(allMarksOf(html)).toEqual(['MARK-DEFAULT'])
      expect(named(html).bits).toBe('1,3')
      expect(html).toContain('id="attune-js"')
      expect(html).not.toContain('attuneChoose')
    })

    test('the address gives each key its variant, and may be cached', async () => {
      const { hash, keys } = await keysOf(site)
      const { name } = named(await (await ask('/fragment/')).text())
      const fetchAs = async (truths: Record<string, boolean>): Promise<[string | null, unknown]> => {
        const query = new URLSearchParams({ f: name, k: keyOf(hash, keys, truths) })
        const answer = await ask(`/wp-json/attune/v1/fragments?${query}`)
        expect(answer.status).toBe(200)
        const all = (await answer.json()) as Record<string, { variant: string; html: string }>
        const one = all[name.split('.').slice(0, 2).join('.')]!
        return [answer.headers.get('cache-control'), [one.variant, ...allMarksOf(one.html)]]
      }
      expect(await fetchAs({ keen: true, germany: false })).toEqual([
        'public, max-age=300',
        ['keen', 'MARK-KEEN'],
      ])
      expect(await fetchAs({ keen: true, germany: true })).toEqual([
        'public, max-age=300',
        ['germany', 'MARK-GERMANY'],
      ])
      expect(await fetchAs({ keen: false, germany: false })).toEqual([
        'public, max-age=300',
        ['default', 'MARK-DEFAULT'],
      ])
    })

    test('what must not stand in the page’s source does not, whatever the editor asks for', async () => {
      await settle(`'confidential' => array( 'keen' )`)
      await addPost(site, {
        name: 'secret',
        content: placement({ placementId: 'secret', delivery: 'inline' }),
      })
      const html = await (await ask('/secret/', keen)).text()
      await settle(`'confidential' => array()`)
      expect(allMarksOf(html)).toEqual(['MARK-DEFAULT'])
      expect(named(html).bits).toBe('2')
    })

    test('heavy variants are fetched', async () => {
      const heavy = adaptive(
        { placementId: 'heavy' },
        variant({ key: 'germany', segments: ['germany'] }, paragraph(`MARK-HEAVY ${'word '.repeat(6000)}`)),
        variant({ key: 'default', isDefault: true }, paragraph('MARK-LIGHT')),
      )
      await addPost(site, { name: 'heavy', content: heavy })
      expect(allMarksOf(await (await ask('/heavy/')).text())).toEqual(['MARK-LIGHT'])
    })
  })

  describe('edge', () => {
    test('all variants are handed out to an edge that shares the secret, with the names of segments', async () => {
      const answer = await ask('/auto/', keen, { 'x-attune-edge': handshakeOf(site) })
      const html = await answer.text()
      expect(answer.headers.get('x-attune-slots')).toBe('1')
      expect(answer.headers.get('vary')).toMatch(/X-Attune-Edge/)
      const asked = /<attune-slot data-attune="([^"]*)">(.*?)<\/attune-slot>/s.exec(html)!
      expect(JSON.parse(asked[1]!.replaceAll('&quot;', '"'))).toEqual({
        p: 'auto',
        d: 'default',
        v: [
          ['germany', 'any', ['germany']],
          ['keen', 'any', ['keen']],
        ],
      })
      expect(asked[2]!.match(/<template data-variant="([a-z]+)"( data-default)?>/g)).toEqual([
        '<template data-variant="germany">',
        '<template data-variant="keen">',
        '<template data-variant="default" data-default>',
      ])
      expect(html).not.toContain('attuneChoose')
      expect(html).not.toContain('attune-js')
    })

    test.each([
      ['no handshake', () => ''],
      ['an old one', () => handshakeOf(site, Math.floor(Date.now() / 1000) - 301)],
      ['one of the future', () => handshakeOf(site, Math.floor(Date.now() / 1000) + 305)],
      ['a forged one', () => handshakeOf(site).replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
      ['words', () => 'v1.now.please'],
    ])('%s gets what every browser gets', async (_, header) => {
      const answer = await ask('/auto/', NOBODY, { 'x-attune-edge': header() })
      expect(answer.headers.get('x-attune-slots')).toBe(null)
      expect(await answer.text()).not.toContain('attune-slot')
    })
  })

  describe('a cache that keys on attune_k', () => {
    beforeAll(() => site.php(`update_option( 'test_keyed', 1 );`))
    afterAll(() => site.php(`update_option( 'test_keyed', 0 );`))

    test('gets the variant of the key, and nothing that another visitor with that key would not get', async () => {
      const { hash, keys } = await keysOf(site)
      const page = async (k: string, persona: Persona): Promise<string> => {
        const cookies = [persona.cookies, k && `attune_k=${k}`].filter(Boolean).join('; ')
        const html = await (
          await ask('/auto/', { ...persona, ...(cookies === '' ? {} : { cookies }) })
        ).text()
        return html.replace(/<i id="queries">\d+<\/i>/, '')
      }
      const isKeen = keyOf(hash, keys, { keen: true, germany: false })
      expect(allMarksOf(await page(isKeen, NOBODY))).toEqual(['MARK-KEEN'])
      // A German without a key, a keen visitor with another's key: the key alone decides.
      expect(allMarksOf(await page('', GERMAN))).toEqual(['MARK-DEFAULT'])
      expect(await page(isKeen, GERMAN)).toBe(await page(isKeen, NOBODY))
      expect(await page('', keen)).toBe(await page('', GERMAN))
      const isGerman = keyOf(hash, keys, { germany: true })
      expect(await page(isGerman, keen)).toBe(await page(isGerman, NOBODY))
    })

    test.each(['v1.000000.AAAAAAAAAAA', 'v1.xxx', 'x'.repeat(3000), 'v1.zzzzzz.AAAAAAAAAAA'])(
      'a key that is none says nothing: %.24s',
      async (k) => {
        const html = await (await ask('/auto/', { ...NOBODY, cookies: `attune_k=${k}` })).text()
        expect(allMarksOf(html)).toEqual(['MARK-DEFAULT'])
      },
    )
  })

  describe('time', () => {
    const window = (from: string | undefined, until: string | undefined, id: string): string =>
      adaptive(
        { placementId: id },
        variant({ key: 'now', from, until }, paragraph('MARK-NOW')),
        variant({ key: 'default', isDefault: true }, paragraph('MARK-ELSE')),
      )
    const at = (seconds: number): string =>
      new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, '')

    test('schedules are settled on the server, for everybody alike, and caches hear until when', async () => {
      await site.php(`update_option( 'test_max_age', 86400 );`)
      const until = at(600)
      const open = await addPost(site, { name: 'open', content: window(at(-60), until, 'open') })
      const answer = await ask('/open/')
      const html = await answer.text()
      await site.php(`update_option( 'test_max_age', 0 );`)
      expect(allMarksOf(html)).toEqual(['MARK-NOW'])
      expect(html).not.toContain('attune-placement')
      const age = Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control')!)![1])
      expect(age).toBeLessThanOrEqual(600)
      expect(age).toBeGreaterThan(500)
      expect(JSON.parse(await site.php(`echo wp_json_encode( get_option( 'test_horizon' ) );`))).toEqual([
        Date.parse(until) / 1000,
        open,
      ])
    })

    test('what is to come is not shown, and what is over is not', async () => {
      await addPost(site, {
        name: 'later',
        content: window(at(3600), undefined, 'later') + window(undefined, at(-60), 'past'),
      })
      expect(allMarksOf(await (await ask('/later/')).text())).toEqual(['MARK-ELSE', 'MARK-ELSE'])
    })

    test('the schedule of a variant with an audience is the browser’s to keep', async () => {
      const until = at(600)
      const content = adaptive(
        { placementId: 'both' },
        variant({ key: 'a', segments: ['germany'], until }, paragraph('MARK-A')),
        variant({ key: 'b', segments: ['keen', 'sale'], match: 'all' }, paragraph('MARK-B')),
        variant({ key: 'c', segments: ['sale'] }, paragraph('MARK-C')),
        variant({ key: 'd', segments: ['germany'] }, paragraph('MARK-D')),
        variant({ key: 'default', isDefault: true }, paragraph('MARK-E')),
      )
      await addPost(site, { name: 'both', content })
      const html = await (await ask('/both/')).text()
      const asked = JSON.parse(/data-attune="([^"]*)"/.exec(html)![1]!.replaceAll('&quot;', '"'))
      expect(asked.v).toEqual([
        ['a', 'any', [3], null, Date.parse(until) / 1000],
        // The sale is on for everybody: what is left to ask is whether the visitor is keen …
        ['b', 'all', [1]],
      ])
      // … and whoever is not gets what everybody gets in the sale.
      expect(marksOf(html)).toEqual(['MARK-C'])
      expect(allMarksOf(html)).not.toContain('MARK-D')
    })
  })

  describe('experiments', () => {
    const experiment = adaptive(
      { placementId: 'split', strategy: 'experiment' },
      variant({ key: 'a', share: 0.25 }, paragraph('MARK-A')),
      variant({ key: 'b', share: 0.25, segments: ['keen'] }, paragraph('MARK-B')),
      variant({ key: 'default', isDefault: true, share: 0.5 }, paragraph('MARK-DEFAULT')),
    )
    beforeAll(() => addPost(site, { name: 'split', content: experiment }))

    test('the browser draws the share', async () => {
      const html = await (await ask('/split/', keen)).text()
      const asked = JSON.parse(/data-attune="([^"]*)"/.exec(html)![1]!.replaceAll('&quot;', '"'))
      expect(asked.v).toEqual([
        ['a', 'share', [0, 2500]],
        ['b', 'share', [2500, 5000], null, null, ['any', [1]]],
      ])
      expect(marksOf(html)).toEqual(['MARK-DEFAULT'])
    })

    test('without a collector the browser draws it on pages that no cache keeps too', async () => {
      await settle(`'page_cache' => 'none'`)
      const html = await (await ask('/split/', NOBODY)).text()
      await settle(`'page_cache' => 'auto'`)
      expect(html).toContain('&quot;share&quot;,[0,2500]')
      expect(marksOf(html)).toEqual(['MARK-DEFAULT'])
    })

    test('the server draws the same share for a visitor it knows', async () => {
      await settle(`'page_cache' => 'none', 'collector' => '${site.origin}/nowhere'`)
      const marks = new Map<string, number>()
      for (let visitor = 0; visitor < 60; visitor++) {
        const persona = keenPersona(site, `visitor-of-22-chars-${String(visitor).padStart(2, '0')}`)
        const mark = allMarksOf(await (await ask('/split/', persona)).text())[0]!
        marks.set(mark, (marks.get(mark) ?? 0) + 1)
      }
      await settle(`'page_cache' => 'auto', 'collector' => ''`)
      expect([...marks.keys()].sort()).toEqual(['MARK-A', 'MARK-B', 'MARK-DEFAULT'])
      expect(marks.get('MARK-DEFAULT')).toBeGreaterThan(15)
    })
  })

  describe('placements that the ruleset decides', () => {
    const ruled = adaptive(
      { placementId: 'ruled' },
      variant({ key: 'offer', segments: ['over'] }, paragraph('MARK-OFFER')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    )
    beforeAll(() => addPost(site, { name: 'ruled', content: ruled }))

    test('its experiences decide, whatever the block says', async () => {
      await settle(`'page_cache' => 'none'`)
      expect(allMarksOf(await (await ask('/ruled/', keen)).text())).toEqual(['MARK-OFFER'])
      expect(allMarksOf(await (await ask('/ruled/', NOBODY)).text())).toEqual(['MARK-DEFAULT'])
      await settle(`'page_cache' => 'auto'`)
    })

    test('a browser chooses by the experiences whose audience is a segment', async () => {
      const html = await (await ask('/ruled/', keen)).text()
      const asked = JSON.parse(/data-attune="([^"]*)"/.exec(html)![1]!.replaceAll('&quot;', '"'))
      expect(asked).toMatchObject({ p: 'ruled', v: [['offer', 'any', [1]]] })
      expect(allMarksOf(html)).toEqual(['MARK-OFFER', 'MARK-DEFAULT'])
      expect(marksOf(html)).toEqual(['MARK-DEFAULT'])
    })
  })

  describe('a page without a ruleset', () => {
    test('shows defaults, and has nothing of ours', async () => {
      await site.php(
        `update_option( 'kept', get_option( 'attune_ruleset' ) ); delete_option( 'attune_ruleset' );`,
      )
      const html = await (await ask('/auto/', keen)).text()
      await site.php(`update_option( 'attune_ruleset', get_option( 'kept' ) );`)
      expect(allMarksOf(html)).toEqual(['MARK-DEFAULT'])
      expect(html).not.toContain('attune-js')
    })
  })

  test('static shows the default to everybody', async () => {
    expect(allMarksOf(await (await ask('/static/', keen)).text())).toEqual(['MARK-DEFAULT'])
    expect(BROWSER).toContain('Chrome')
  })

  test('nothing went wrong on the way', () => {
    expect(site.debugLog()).toBe('')
  })
})
