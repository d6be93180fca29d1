import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PageCache, startPageCache } from '../support/page-cache.ts'
import { leaksOf, withParameter } from '../support/page-cache-leaks.ts'
import {
  CHANNELS,
  complaintsOf,
  type Looker,
  lookersOf,
  PAGES,
  startLeakySite,
} from '../support/page-cache-stage.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { allMarksOf, handshakeOf, keyOf, keysOf, marksOf, type Persona } from '../support/wordpress-stage.ts'

const TURNS = 1_000
// After so many turns the addresses are new ones, which somebody else is the first to ask for.
const TURNS_OF_ROUND = 340
const AT_ONCE = 8

let site: WordPressSite
let cache: PageCache
let lookers: ReturnType<typeof lookersOf>
let paths: readonly string[]

beforeAll(async () => {
  site = await startLeakySite()
  cache = await startPageCache(site, 'url')
  console.log(`pages are kept by ${cache.name}`)
  lookers = lookersOf(site)
  const pages = Object.keys(PAGES).map((name) => `/${name}/`)
  const leaky = encodeURIComponent(`${site.origin}/leaky/`)
  const channels = CHANNELS.map((path) => path.replace('LEAKY', leaky))
  paths = [...pages, ...channels, ...(await fragmentPaths())]
})
afterAll(async () => {
  await cache?.stop()
  await site?.stop()
})

/** The addresses from which a browser fetches the variants of a page, with every key that it may have. */
async function fragmentPaths(): Promise<readonly string[]> {
  const { hash, keys } = await keysOf(site)
  const html = await (await site.fetch('/fragment/', lookers.nobody)).text()
  const name = /data-fragment="([^"]+)"/.exec(html)![1]!
  return [{}, { keen: true }, { germany: true }, { keen: false, germany: false }].map((truths) => {
    return `/wp-json/attune/v1/fragments?f=${name}&k=${keyOf(hash, keys, truths)}`
  })
}

/** What is wrong with what somebody is answered; nothing at all should be. */
async function look(looker: Looker, path: string): Promise<readonly string[]> {
  const answer = await cache.fetch(path, looker)
  return leaksOf(looker, path, answer, await answer.text())
}

test('behind a cache that keys on the address alone, A and B alternate 1,000 times and neither sees what is the other’s', async () => {
  const leaks: string[] = []
  const kept = { HIT: 0, MISS: 0 }
  for (let turn = 0; turn < TURNS; turn++) {
    const round = Math.floor(turn / TURNS_OF_ROUND)
    const looker = (turn + round) % 2 === 0 ? lookers.a : lookers.b
    const path = withParameter(paths[Math.floor(turn / 2) % paths.length]!, 'round', String(round))
    const answer = await cache.fetch(path, looker)
    kept[answer.headers.get('x-cache') === 'HIT' ? 'HIT' : 'MISS']++
    leaks.push(...leaksOf(looker, path, answer, await answer.text()))
  }
  console.log(`${TURNS} turns over ${paths.length} addresses, of which the cache answered ${kept.HIT}`)
  expect(leaks).toEqual([])
  // Else nothing was shown.
  expect(kept.HIT).toBeGreaterThan(TURNS / 2)
}, 300_000)

test('nor does anybody when all ask at once, editors and those of whom nothing is known too', async () => {
  const { cookies } = await site.login('editor')
  const editor: Looker = {
    name: 'E',
    cookies: `${cookies}; persona=E`,
    headers: lookers.nobody.headers,
    own: ['MARK-WHO-E'],
  }
  const everybody = [lookers.a, lookers.b, lookers.nobody, editor]
  const asks = paths.flatMap((path, at) =>
    everybody.map(
      (_, turn) => [everybody[(turn + at) % everybody.length]!, withParameter(path, 'at', 'once')] as const,
    ),
  )
  const leaks: string[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let ask = asks[next++]; ask !== undefined; ask = asks[next++]) leaks.push(...(await look(...ask)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  expect(leaks).toEqual([])
})

test.each(['/server/', '/values/', '/auto/', '/mixed/', '/code/'])(
  'A is shown what is A’s where the page %s is A’s alone',
  async (path) => {
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
    const answer = await cache.fetch(withParameter(path, 'own', '1'), lookers.a)
    const html = await answer.text()
    const again = await cache.fetch(withParameter(path, 'own', '1'), lookers.b)
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`)
    expect(leaksOf(lookers.a, path, answer, html)).toEqual([])
    expect(answer.headers.get('cache-control')).toMatch(/private|no-store/)
    expect(html).toMatch(/MARK-SECRET|THEME-YES/)
    expect(again.headers.get('x-cache')).toBe('MISS')
    expect(leaksOf(lookers.b, path, again, await again.text())).toEqual([])
  },
)

test('a view-as link shows its maker what was chosen, and nobody else who asks for the same address', async () => {
  const { cookies } = await site.login('editor')
  const query = await site.php(`
    Attune\\load_stage();
    wp_set_current_user( get_user_by( 'login', 'editor' )->ID );
    echo 'attune_view=' . rawurlencode( Attune\\view_token( array( 'returning' => true, 'germany' => false ), time() + 600 ) );
  `)
  const path = `/auto/?${query}`
  const seen = await cache.fetch(path, { cookies, headers: lookers.nobody.headers })
  expect(marksOf(await seen.text())).toContain('MARK-SECRET')
  expect(seen.headers.get('cache-control')).toMatch(/no-store/)
  for (const looker of [lookers.nobody, lookers.b]) {
    const answer = await cache.fetch(path, looker)
    const html = await answer.text()
    expect(answer.headers.get('x-cache')).toBe('MISS')
    expect(leaksOf(looker, path, answer, html)).toEqual([])
    expect(marksOf(html)).not.toContain('MARK-SECRET')
  }
})

test('what an edge is handed is never what browsers behind the same cache get', async () => {
  const edge = {
    ...lookers.nobody,
    headers: { ...lookers.nobody.headers, 'x-attune-edge': handshakeOf(site) },
  }
  const slots = async (path: string, looker: Persona): Promise<readonly unknown[]> => {
    const answer = await cache.fetch(path, looker)
    return [(await answer.text()).includes('<attune-slot'), answer.headers.get('x-attune-slots')]
  }
  expect(await slots('/edge/?first=edge', edge)).toEqual([true, '1'])
  expect(await slots('/edge/?first=edge', lookers.nobody)).toEqual([false, null])
  expect(await slots('/edge/?first=browser', lookers.nobody)).toEqual([false, null])
  // Kept before, it is the ordinary page, and says so: such an edge must pass it on as it is.
  expect(await slots('/edge/?first=browser', edge)).toEqual([false, null])
})

test('a fragment that is one visitor’s is kept by nobody, in whatever form it is asked for', async () => {
  const fragment = paths.find((path) => path.includes('/fragments?'))!.split('&')[0]!
  for (const extra of ['', '&_envelope=1', '&_jsonp=x', '&_embed=1', '&_method=GET']) {
    const path = `${fragment}${extra}`
    const own = await cache.fetch(path, lookers.a)
    expect(allMarksOf(await own.text()), path).toContain('MARK-SECRET')
    expect(own.headers.get('cache-control'), path).toMatch(/private|no-store/)
    expect(await look(lookers.b, path)).toEqual([])
    expect(await look(lookers.nobody, path)).toEqual([])
  }
})

test('nothing went wrong on the way, and nobody began a session', () => {
  expect(complaintsOf(site)).toEqual([])
})
