import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { browserCookies } from '../support/wordpress-client.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  keenPersona,
  keyOf,
  keysOf,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const SECRET_OFFER = adaptive(
  { placementId: 'secret' },
  variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-SECRET')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)
const SHARED = adaptive(
  { placementId: 'shared', delivery: 'fragment' },
  variant({ key: 'strangers', segments: ['returning'], match: 'none' }, paragraph('MARK-SHARED')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)
const MIXED = adaptive(
  { placementId: 'mixed' },
  variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-SECRET')),
  variant({ key: 'strangers', segments: ['returning'], match: 'none' }, paragraph('MARK-MIXED')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)

let site: WordPressSite
let keen: Persona
let browser: Browser

beforeAll(async () => {
  site = await startStage('6.5')
  keen = keenPersona(site)
  await addPost(site, { name: 'both', content: SECRET_OFFER + SHARED })
  await addPost(site, { name: 'mixed', content: MIXED })
  await site.php(`Attune\\save_settings( array( 'confidential' => array( 'keen' ) ) );`)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const collectAt = (collector: string): Promise<string> =>
  site.php(`Attune\\save_settings( array( 'collector' => '${collector}' ) );`)

const page = async (persona: Persona): Promise<string> =>
  (await (await site.fetch('/both/', persona)).text()).replace(/<i id="queries">\d+<\/i>/, '')

/** What somebody with the cookies of a persona sees of the page the second time, and the fragments that were asked for. */
async function look(
  { cookies = '' }: Persona,
  path: string = '/both/',
): Promise<{
  readonly marks: readonly string[]
  readonly asked: readonly {
    readonly url: URL
    readonly cookie: boolean
    readonly kept: string | undefined
  }[]
}> {
  const context = await newVisitor(browser)
  // A collector's cookies are kept from scripts; consent is theirs.
  const given = browserCookies({ cookies }, site.origin)
  await context.addCookies(given.map((cookie) => ({ ...cookie, httpOnly: cookie.name !== 'attune_consent' })))
  const { page } = await openPage(context)
  await page.goto(site.origin + path)
  // The browser knows its visitor once it kept something of them.
  await page.waitForFunction(`window.attune !== undefined`)
  await page.evaluate(`void window.attune.track( 'view_item', { item_id: 'beans' } )`)
  await page.waitForFunction(`localStorage.attune_profile?.includes( 'view_item' )`)
  const answers = fragmentsOf(page)
  await page.goto(site.origin + path, { waitUntil: 'networkidle' })
  const marks = allMarksOf(await page.locator('main').innerHTML())
  const asked = await Promise.all(answers)
  await context.close()
  return { marks, asked }
}

function fragmentsOf(page: Page) {
  const answers: Promise<{ url: URL; cookie: boolean; kept: string | undefined }>[] = []
  page.on('response', (response) => {
    if (!response.url().includes('/fragments?')) return
    const told = async () => {
      const { cookie = '' } = await response.request().allHeaders()
      const kept = await response.headerValue('cache-control')
      return {
        url: new URL(response.url()),
        cookie: cookie.includes('attune_token'),
        kept: kept ?? undefined,
      }
    }
    answers.push(told())
  })
  return answers
}

describe('with a collector', () => {
  beforeAll(() => collectAt(`${site.origin}/collect`))

  test('the page says which of its placements are the visitor’s own, and holds nothing of them', async () => {
    const html = await page(keen)
    expect(allMarksOf(html)).toEqual(['MARK-DEFAULT', 'MARK-DEFAULT'])
    const tags = [...html.matchAll(/<attune-placement [^>]*data-fragment="\d+\.([a-z]+)\.[^"]*"[^>]*>/g)]
    expect(tags.map(([tag, id]) => [id, tag.includes(' data-own')])).toEqual([
      ['secret', true],
      ['shared', false],
    ])
    expect(html).toBe(await page(NOBODY))
  })

  test('who has the cookies sees what is theirs: asked for with cookies and no key, beside what caches may keep', async () => {
    const { marks, asked } = await look(keen)
    expect(marks).toEqual(['MARK-SECRET', 'MARK-SHARED'])
    const own = asked.filter(({ cookie }) => cookie)
    const shared = asked.filter(({ cookie }) => !cookie)
    expect(
      own.map(({ url, kept }) => [url.searchParams.get('f')!.split('.')[1], url.searchParams.has('k'), kept]),
    ).toEqual([['secret', false, 'private, no-store']])
    expect(
      shared.map(({ url, kept }) => [
        url.searchParams.get('f')!.split('.')[1],
        url.searchParams.has('k'),
        kept,
      ]),
    ).toEqual([['shared', true, expect.stringMatching(/^public, max-age=\d+$/)]])
  })

  test('who agreed and has no such cookies sees the default', async () => {
    const { marks } = await look({ ...NOBODY, cookies: 'attune_consent=preferences' })
    expect(marks).toEqual(['MARK-DEFAULT', 'MARK-SHARED'])
  })
})

describe('without a collector', () => {
  beforeAll(() => collectAt(''))

  test('nothing is asked for by cookies that nobody has', async () => {
    expect(await page(keen)).not.toContain('data-own')
    const { marks, asked } = await look({ ...NOBODY, cookies: 'attune_consent=preferences' })
    expect(marks).toEqual(['MARK-DEFAULT', 'MARK-SHARED'])
    expect(asked.map(({ url, cookie }) => [url.searchParams.get('f')!.split('.')[1], cookie])).toEqual([
      ['shared', false],
    ])
  })

  test('what is not confidential in a placement is shown all the same, and a key that somebody wrote opens no more', async () => {
    const { marks, asked } = await look({ ...NOBODY, cookies: 'attune_consent=preferences' }, '/mixed/')
    expect(marks).toEqual(['MARK-MIXED'])
    expect(asked.map(({ cookie, kept }) => [cookie, kept])).toEqual([
      [false, expect.stringMatching(/^public, max-age=\d+$/)],
    ])
    const html = await (await site.fetch('/mixed/', keen)).text()
    const fragment = /data-fragment="([^"]*)"/.exec(html)![1]!
    const { hash, keys } = await keysOf(site)
    expect(keys).not.toContain('keen')
    const shown = await Promise.all(
      keys
        .flatMap((key) => [true, false].map((is) => keyOf(hash, keys, { [key]: is })))
        .map(async (k) =>
          allMarksOf(
            await (await site.fetch(`/wp-json/attune/v1/fragments?f=${fragment}&k=${k}`, keen)).text(),
          ),
        ),
    )
    expect(new Set(shown.flat())).toEqual(new Set(['MARK-MIXED', 'MARK-DEFAULT']))
  })
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
