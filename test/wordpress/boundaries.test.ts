import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishRuleset } from '@attune/core/publish'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PageCache, startPageCache } from '../support/page-cache.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  marksOf,
  NOBODY,
  paragraph,
  STAGE_DOCUMENT,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

// The plugin asks `time()` in its own namespace: there a clock can be put that runs as the real one does, elsewhere in time.
const CLOCK = `<?php
namespace Attune;
function time(): int { return \\time() + (int) file_get_contents( WP_CONTENT_DIR . '/clock.txt' ); }`

const DOCUMENT = {
  ...STAGE_DOCUMENT,
  revision: 'boundaries-1',
  segments: {
    ...STAGE_DOCUMENT.segments,
    morning: { when: { when: { hours: [3, 5], timezone: 'Europe/Berlin' } } },
    night: { when: { when: { hours: [2, 3], timezone: 'Europe/Berlin' } } },
  },
} as const

const HOUR = 3600
const open = (of: object): string =>
  variant({ key: 'now', ...of }, paragraph('MARK-OPEN')) +
  variant({ key: 'default', isDefault: true }, paragraph('MARK-SHUT'))
const shows = (html: string): string | undefined => marksOf(html)[0]
const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+/, '')

let site: WordPressSite
let cache: PageCache

beforeAll(async () => {
  site = await startStage('6.5')
  setClock(0)
  writeFileSync(join(site.folder, 'wp-content/mu-plugins/clock.php'), CLOCK)
  cache = await startPageCache(site, 'url')
  console.log(`pages are kept by ${cache.name}`)
  const published = phpText(JSON.stringify(publishRuleset(DOCUMENT)))
  await site.php(`Attune\\publish_ruleset( ${published} ); update_option( 'test_max_age', ${24 * HOUR} );`)
  for (const key of ['morning', 'night'])
    await addPost(site, { name: key, content: adaptive({ placementId: key }, open({ segments: [key] })) })
})
afterAll(async () => {
  await cache?.stop()
  await site?.stop()
})

/** Moves the plugin's clock by seconds. */
function setClock(seconds: number): void {
  writeFileSync(join(site.folder, 'wp-content/clock.txt'), String(seconds))
}

const setClockTo = (time: string): void => setClock(Math.ceil((Date.parse(time) - Date.now()) / 1000))

interface Seen {
  /** Milliseconds around the answer, by the real clock. */
  readonly asked: number
  readonly had: number
  readonly mark: string | undefined
  readonly isHit: boolean
}

/** Asks the cache for a page again and again, until `end` by the real clock. */
async function watch(path: string, end: number): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  while (Date.now() < end) {
    const asked = Date.now()
    const answer = await cache.fetch(path, NOBODY)
    const mark = shows(await answer.text())
    seen.push({ asked, had: Date.now(), mark, isHit: answer.headers.get('x-cache') === 'HIT' })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return seen
}

/** Up to the second everybody saw the one, and after the second that caches count in, the other; the cache answered most. */
function expectTurn(seen: readonly Seen[], turn: number, before: string, after: string): void {
  const early = seen.filter(({ had }) => had < turn)
  const late = seen.filter(({ asked }) => asked >= turn + 2_000)
  expect(early.length).toBeGreaterThan(3)
  expect(late.length).toBeGreaterThan(3)
  expect(new Set(early.map(({ mark }) => mark))).toEqual(new Set([before]))
  expect(new Set(late.map(({ mark }) => mark))).toEqual(new Set([after]))
  expect(early.filter(({ isHit }) => isHit).length).toBeGreaterThan(early.length / 2)
}

describe('behind a cache that keeps pages for a day', () => {
  test('a schedule that begins and one that ends change the page in that second', async () => {
    const scheduled = Date.parse('2027-05-01T10:00:00Z')
    const content = [
      adaptive({ placementId: 'ends' }, open({ until: iso(scheduled) })),
      adaptive({ placementId: 'begins' }, open({ from: iso(scheduled) })),
    ]
    await addPost(site, { name: 'ends', content: content[0]! })
    await addPost(site, { name: 'begins', content: content[1]! })
    // Only now: on a busy machine writing two posts takes longer than is left before the turn.
    const turn = Math.ceil(Date.now() / 1000) * 1000 + 6_000
    setClock((scheduled - turn) / 1000)
    const end = turn + 4_000
    const [ends, begins] = await Promise.all([watch('/ends/', end), watch('/begins/', end)])
    setClock(0)
    expectTurn(ends, turn, 'MARK-OPEN', 'MARK-SHUT')
    expectTurn(begins, turn, 'MARK-SHUT', 'MARK-OPEN')
  })

  test('an hour begins in the second at which clocks are put forward', async () => {
    const turn = Math.ceil(Date.now() / 1000) * 1000 + 5_000
    // At 02:00 it is 03:00 in Berlin.
    setClock((Date.parse('2027-03-28T01:00:00Z') - turn) / 1000)
    expectTurn(await watch('/morning/?day=spring', turn + 4_000), turn, 'MARK-SHUT', 'MARK-OPEN')
    setClock(0)
  })
})

describe('the day on which clocks change', () => {
  /** What the page shows at a time, for how long caches are told to keep it, and when it is said to end. */
  async function at(path: string, time: string): Promise<readonly [string | undefined, number, number]> {
    setClockTo(time)
    const answer = await site.fetch(path, NOBODY)
    const mark = shows(await answer.text())
    const seconds = Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1])
    const until = JSON.parse(await site.php(`echo wp_json_encode( get_option( 'test_horizon' )[0] );`))
    setClock(0)
    return [mark, seconds, Math.round(until - Date.parse(time) / 1000)]
  }

  test.each([
    // Winter: 02:00 to 03:00 is an hour.
    ['/night/', '2027-03-27T00:59:00Z', 'MARK-SHUT', 60],
    ['/night/', '2027-03-27T01:00:00Z', 'MARK-OPEN', HOUR],
    ['/night/', '2027-03-27T02:00:00Z', 'MARK-SHUT', 46 * HOUR],
    // The hour that is skipped never comes: the next one is a day later, by summer time.
    ['/night/', '2027-03-28T00:59:50Z', 'MARK-SHUT', 23 * HOUR + 10],
    ['/night/', '2027-03-28T01:00:00Z', 'MARK-SHUT', 23 * HOUR],
    ['/morning/', '2027-03-28T00:59:50Z', 'MARK-SHUT', 10],
    ['/morning/', '2027-03-28T01:00:00Z', 'MARK-OPEN', 2 * HOUR],
    // The hour that comes twice is open twice.
    ['/night/', '2027-10-31T00:00:00Z', 'MARK-OPEN', 2 * HOUR],
    ['/night/', '2027-10-31T01:30:00Z', 'MARK-OPEN', HOUR / 2],
    ['/night/', '2027-10-31T02:00:00Z', 'MARK-SHUT', 23 * HOUR],
    ['/morning/', '2027-10-31T01:59:59Z', 'MARK-SHUT', 1],
  ] as const)('%s at %s is %s for %i seconds', async (path, time, mark, seconds) => {
    const [shown, age, until] = await at(path, time)
    expect(shown).toBe(mark)
    expect(Math.abs(until - seconds)).toBe(0)
    // Requests take time, and no page is kept for more than a day.
    const kept = Math.min(seconds, 24 * HOUR)
    expect(age).toBeLessThanOrEqual(kept)
    expect(age).toBeGreaterThan(kept - 10)
  })
})

describe('where WordPress says nothing of caching', () => {
  const control = async (): Promise<string | null> => {
    setClockTo('2027-03-28T00:30:00Z')
    const answer = await site.fetch('/morning/', NOBODY)
    setClock(0)
    return answer.headers.get('cache-control')
  }
  beforeAll(() => site.php(`update_option( 'test_max_age', 0 );`))

  test('neither do we', async () => {
    expect(await control()).toBe(null)
  })

  test('a proxy that the owner named is told of an end within the hour, and browsers keep nothing', async () => {
    writeFileSync(
      join(site.folder, 'wp-content/mu-plugins/proxy.php'),
      `<?php define( 'ATTUNE_PURGE_SERVERS', '${cache.origin}' );`,
    )
    expect(await control()).toMatch(/^max-age=0, s-maxage=(1800|179\d)$/)
  })
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
