import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PublishedRuleset } from '@attune/core'
import { createVariantPages } from '@attune/next/page'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, createAsker } from './cache-grid/ask.ts'
import { type BuiltShop, startBuiltShop } from './cache-grid/built-shop.ts'
import { flipBits, forgeCodes, makeValidCodes } from './cache-grid/forged-codes.ts'
import { createChance, readSeed, say, sizeOf } from './cache-grid/random.ts'
import { makeVisitors } from './cache-grid/visitors.ts'

const RANDOM = 100_000
const VALID = 1_000
const seed = readSeed()
const published = fileURLToPath(new URL('../../examples/next-shop/ruleset.published.json', import.meta.url))
// The shop's ruleset has some 180 codes.
const SECRETS = Array.from({ length: 8 }, (_, at) => `secret ${at} of the test alone and long enough`)
const OF_THE_SHOP = 150
const ASKED = { share: 10_000, whole: RANDOM + 8 * 40 * OF_THE_SHOP }
const LANES = 16

interface Page {
  readonly route: string
  readonly render: (code: string) => Promise<boolean>
}

describe('codes that nobody was given', () => {
  const ruleset = JSON.parse(readFileSync(published, 'utf8')) as PublishedRuleset

  /** The pages of the shop's routes as Next.js calls them; true when one was rendered. */
  function makePages(): readonly Page[] {
    const { variantPage } = createVariantPages({ ruleset, secret: SECRETS })
    return Object.keys(ruleset.routes).map((route) => {
      const page = variantPage(route, () => 'rendered')
      const render = async (code: string): Promise<boolean> => {
        const params = Promise.resolve({ code, slug: 'trail-boots' })
        return page({ params }).then(
          (shown) => shown === 'rendered',
          (error: unknown) => {
            if (String((error as { digest?: unknown }).digest).includes('404')) return false
            throw error
          },
        )
      }
      return { route, render }
    })
  }

  test('no page is rendered for a forged code, nor for one with a bit flipped; each is a 404', async () => {
    const pages = makePages()
    const valid = makeValidCodes(VALID, { ruleset, secrets: SECRETS, seed })
    for (const { route, code } of valid) {
      const shown = await Promise.all(pages.map((page) => page.render(code)))
      // Its own route's page and no other: the list itself is what makes the refusals below mean something.
      expect(pages.filter((_, at) => shown[at]).map((page) => page.route)).toEqual([route])
    }
    let tried = 0
    const accepted: string[] = []
    const tryOn = async (code: string, page: Page): Promise<void> => {
      tried++
      if (await page.render(code)) accepted.push(`${page.route} ${code}`)
    }
    for (const { route, code } of valid) {
      const page = pages.find((one) => one.route === route)!
      for (const flipped of flipBits(code)) await tryOn(flipped, page)
    }
    const flips = tried
    const chance = createChance(seed)
    for (const forged of forgeCodes(RANDOM, seed, valid)) await tryOn(forged, chance.pick(pages))
    say(
      `pages: ${flips} bit flips of ${valid.length} codes and ${tried - flips} forged codes, ${accepted.length} accepted, seed ${seed}`,
    )
    expect(accepted).toEqual([])
    expect(flips).toBeGreaterThan(8 * 40 * VALID)
  }, 600_000)

  describe('asked of the built shop', () => {
    let shop: BuiltShop
    let direct: Asker

    beforeAll(async () => {
      shop = await startBuiltShop()
      direct = createAsker(shop.port, LANES)
    })
    afterAll(async () => {
      direct?.close()
      await shop?.stop()
    })

    test('every one is a 404 that may not be kept, and leaves nothing behind', async () => {
      const { hiker } = await makeVisitors(shop)
      const { headers } = await direct.ask({ path: '/', headers: hiker.headers })
      const own = headers.get('x-middleware-rewrite')!.slice('/attune/'.length)
      await direct.ask({ path: '/attune/x' })
      await settle()
      const before = shop.files()
      const valid = makeValidCodes(OF_THE_SHOP, { ruleset, secrets: [shop.secret], seed })
      const wrong: string[] = []
      const statuses: Record<number, number> = {}
      let asked = 0
      await inLanes(hostile(sizeOf(ASKED), own, valid), ask)

      async function ask(code: string): Promise<void> {
        asked++
        const path = `/attune/${encodeURIComponent(code)}${asked % 3 === 0 ? '/product/trail-boots' : ''}`
        const { status, headers, body } = await direct.ask({ path })
        statuses[status] = (statuses[status] ?? 0) + 1
        const isRefused = status === 404 && headers.get('cache-control')?.includes('no-store')
        // A code that ends in dots or in nothing is another path once Next.js has read it; what stands there holds no variant.
        if (!isRefused && !(status === 308 && body.length < 100)) wrong.push(`${path}: ${status}`)
        if (body.includes('data-attune-variant')) wrong.push(`${path} shows a variant`)
      }
      await settle()
      const added = shop.files().filter((file) => !before.includes(file))
      say(
        `built shop: ${asked} codes, ${JSON.stringify(statuses)}, ${added.length} files added, seed ${seed}`,
      )
      expect(asked).toBe(sizeOf(ASKED))
      expect({ wrong: wrong.slice(0, 20), added }).toEqual({ wrong: [], added: [] })
    }, 1_800_000)
  })

  /** Flips of a code in use, valid codes and their flips, and forged ones: `count` in all. */
  function* hostile(count: number, own: string, valid: ReturnType<typeof makeValidCodes>): Generator<string> {
    let left = count
    for (const code of flipBits(own)) if (left-- > 0) yield code
    for (const { code } of valid) if (left-- > 0) yield code
    for (const code of forgeCodes(Math.min(left, RANDOM), seed, valid)) if (left-- > 0) yield code
    for (const { code } of valid) for (const flipped of flipBits(code)) if (left-- > 0) yield flipped
  }
})

async function inLanes<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const runLane = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: LANES }, runLane))
}

// What was rendered may still be on its way to the disk.
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_500))
