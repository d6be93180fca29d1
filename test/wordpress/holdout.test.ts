import { bucketOf } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  GERMAN,
  keenPersona,
  marksOf,
  NOBODY,
  type Persona,
  paragraph,
  STAGE_DOCUMENT,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const HOLDOUT = { share: 0.5, salt: '2026q4' }
const inShare = (visitor: string): boolean => bucketOf(visitor, `holdout:${HOLDOUT.salt}`) < 5000
const visitors = Array.from({ length: 20 }, (_, at) => `visitor-of-22-chars-${String(at).padStart(2, '0')}`)
const OUT = visitors.find(inShare)!
const IN = visitors.find((visitor) => !inShare(visitor))!

const hero = (attributes: object): string =>
  adaptive(
    attributes,
    variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
    variant({ key: 'sale', segments: ['sale'] }, paragraph('MARK-SALE')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )
const row = (show: string, mark: string): string =>
  `<!-- wp:paragraph {"metadata":{"attune":{"show":"${show}","segments":["keen"],"v":1}}} --><p>${mark}</p><!-- /wp:paragraph -->`

const ALL = [
  hero({ placementId: 'hero' }),
  row('any', 'MARK-ROW-KEEN'),
  row('none', 'MARK-ROW-OTHERS'),
  paragraph('[attune segments="keen"]MARK-TAG-KEEN[attune:else]MARK-TAG-ELSE[/attune]'),
  adaptive(
    { placementId: 'ruled' },
    variant({ key: 'offer' }, paragraph('MARK-OFFER')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-NO-OFFER')),
  ),
  paragraph('[attune-value key="geo.country" fallback="MARK-FALLBACK"]'),
].join('')

let site: WordPressSite
let out: Persona
let kept: Persona

beforeAll(async () => {
  site = await startStage('6.5')
  await publishOn(site, { ...STAGE_DOCUMENT, holdout: HOLDOUT })
  await addPost(site, { name: 'all', content: ALL })
  await addPost(site, { name: 'asked', content: hero({ placementId: 'asked' }) })
  const german = (persona: Persona): Persona => ({
    ...persona,
    headers: { ...persona.headers, 'cf-ipcountry': 'DE' },
  })
  out = german(keenPersona(site, OUT))
  kept = german(keenPersona(site, IN))
})
afterAll(() => site?.stop())

const settle = (settings: string): Promise<string> =>
  site.php(`Attune\\save_settings( array( ${settings} ) );`)
const page = async (path: string, persona: Persona): Promise<string> =>
  (await site.fetch(path, persona)).text()

describe('on a page that is decided for its visitor', () => {
  beforeAll(() => settle(`'page_cache' => 'none'`))
  afterAll(() => settle(`'page_cache' => 'auto'`))

  test('who is held out sees defaults in blocks, rows, shortcodes, values and what the ruleset decides', async () => {
    expect(allMarksOf(await page('/all/', out))).toEqual([
      'MARK-DEFAULT',
      'MARK-ROW-OTHERS',
      'MARK-TAG-ELSE',
      'MARK-NO-OFFER',
      'MARK-FALLBACK',
    ])
  })

  test('who is not sees what fits', async () => {
    const html = await page('/all/', kept)
    expect(allMarksOf(html)).toEqual(['MARK-KEEN', 'MARK-ROW-KEEN', 'MARK-TAG-KEEN', 'MARK-OFFER'])
    expect(html).toContain('<p>MARK-OFFER</p>DE</div>')
  })

  test('without consent nobody is held out', async () => {
    const unasked = { ...out, cookies: out.cookies!.replace('attune_consent=preferences.statistics', '') }
    expect(allMarksOf(await page('/all/', unasked))[0]).toBe('MARK-SALE')
  })

  test('an editor who looks as somebody else sees what they see, held out or not', async () => {
    const { cookies, nonce } = await site.login('editor')
    const answer = await site.fetch('/wp-json/attune/v1/view-as', {
      method: 'POST',
      cookies,
      nonce,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ segments: { keen: true }, url: `${site.origin}/all/` }),
    })
    const { url } = (await answer.json()) as { url: string }
    const html = await page(url.slice(site.origin.length), { ...out, cookies: `${out.cookies}; ${cookies}` })
    expect(allMarksOf(html)).toEqual(['MARK-KEEN', 'MARK-ROW-KEEN', 'MARK-TAG-KEEN', 'MARK-OFFER'])
  })
})

test('the reason of such a choice is HOLDOUT, before anything is asked', async () => {
  const reasons = await site.php(`
    Attune\\load_stage();
    $compiled = Attune\\load_ruleset();
    $reasons  = array();
    foreach ( array( 'hero', 'ruled' ) as $id ) {
      $placement = Attune\\create_placement( array( 'placementId' => $id ), array( array( 'key' => 'sale', 'segments' => array( 'sale' ) ), array( 'key' => 'default', 'isDefault' => true ) ) );
      foreach ( array( '${OUT}', '${IN}' ) as $visitor ) {
        $question  = new Attune\\Core\\Question( Attune\\Core\\empty_profile( $compiled['plan'] ), new stdClass(), Attune\\Core\\purpose_bits( array( 'functional', 'preferences' ) ), time() * 1000, $visitor );
        $choice    = Attune\\choose_variant( $placement, $compiled, $question );
        $reasons[] = array( $placement->key_at( $choice->index ), $choice->reason );
      }
    }
    echo wp_json_encode( $reasons );
  `)
  expect(JSON.parse(reasons)).toEqual([
    ['default', 'HOLDOUT'],
    ['sale', 'TARGETING_MATCH'],
    ['default', 'HOLDOUT'],
    ['default', 'DEFAULT'],
  ])
})

test('a browser is told of the experiences: it obeys the holdout itself', async () => {
  const html = await page('/all/', NOBODY)
  const asked = [...html.matchAll(/data-attune="([^"]*)"/g)].map(([, text]) =>
    JSON.parse(text!.replaceAll('&quot;', '"')),
  )
  expect(asked.find(({ p }) => p === 'ruled').v).toEqual([['offer', 'any', [1]]])
  // What is everybody's is not everybody's any more: whoever is held out sees the default.
  expect(asked.find(({ p }) => p === 'hero').v).toEqual([
    ['keen', 'any', [1]],
    ['sale', 'all', []],
  ])
  expect(marksOf(html)).toContain('MARK-DEFAULT')
  expect(marksOf(html)).not.toContain('MARK-SALE')
})

test('a placement that is fetched is the default for whom it is held out from', async () => {
  await settle(`'confidential' => array( 'keen' ), 'collector' => '${site.origin}/nowhere'`)
  const html = await page('/asked/', GERMAN)
  const name = /data-fragment="([^"]*)"/.exec(html)![1]!
  const shown = async (persona: Persona): Promise<unknown> => {
    const answer = await site.fetch(`/wp-json/attune/v1/fragments?f=${name}`, persona)
    const all = (await answer.json()) as Record<string, { variant: string }>
    return all[name.split('.').slice(0, 2).join('.')]!.variant
  }
  expect([await shown(out), await shown(kept)]).toEqual(['default', 'keen'])
  await settle(`'confidential' => array(), 'collector' => ''`)
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
