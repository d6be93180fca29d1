import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createVisitor } from '../support/http-visitor.ts'
import { type ShopServer, startShop } from '../support/shop-server.ts'
import { SOAK } from './scenarios/scenario.ts'

const PAGES = SOAK ? 20_000 : 300
const SIDE_BY_SIDE = 8
const PATHS = ['/', '/product/trail-boots', '/cart', '/privacy']
// Of the breaker: it opens after five failures in a row, and probes a second later or a quarter sooner.
const FAILURES_IN_A_ROW = 5
const SOONEST_PROBE_MS = 750

let data: string
let shop: ShopServer

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'attune-dead-'))
  // Whoever reads a pipe that nobody writes to waits for ever: so does the thread of the store.
  execFileSync('mkfifo', [join(data, 'attune.db')])
  shop = await startShop({ ATTUNE_DATA: data })
})
afterAll(async () => {
  await shop?.stop()
  await rm(data, { recursive: true, force: true })
})

test(
  `${PAGES.toLocaleString('en-GB')} pages of the built shop are whole while its store is dead, and nearly none waits for it`,
  async () => {
    const keys = createSealKeys(shop.secret)
    const paths = await Promise.all(
      PATHS.map(async (path) =>
        (await createVisitor(shop.origin).get(path)).status === 200 ? path : undefined,
      ),
    )
    const there = paths.filter((path) => path !== undefined)
    const statuses = new Map<number, number>()
    const strange: unknown[] = []
    const waits: number[] = []
    let next = 0
    let personal = 0
    const started = performance.now()
    const browse = async (): Promise<void> => {
      while (next < PAGES) {
        const at = next++
        const visitor = createVisitor(shop.origin)
        visitor.grant('preferences')
        visitor.cookies.set('attune_visitor', encodeVisitor(keys, 'site', `page-${at}`.padStart(22, '0')))
        const begun = performance.now()
        const path = there[at % there.length]!
        if (path !== '/privacy') personal++
        const { status, variants } = await visitor.get(path)
        waits.push(performance.now() - begun)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (variants['home-hero'] !== undefined && variants['home-hero'] !== 'default') strange.push(variants)
      }
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, browse))
    const probes = Math.ceil((performance.now() - started) / SOONEST_PROBE_MS)
    const p99 = waits.sort((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1]
    console.log(
      `${PAGES} pages of ${there.length} addresses, ${SIDE_BY_SIDE} at a time: p99 ${Math.round(p99 ?? 0)} ms`,
    )
    expect(there.length).toBeGreaterThan(1)
    expect([...statuses]).toEqual([[200, PAGES]])
    expect(strange).toEqual([])
    // Who was under way when the breaker opened had asked as well.
    const mostAsked = FAILURES_IN_A_ROW + SIDE_BY_SIDE + probes
    const asked = (): number => personal - (shop.output().split('is not asked for a moment').length - 1)
    await vi.waitFor(() => expect(asked()).toBeLessThanOrEqual(mostAsked), 10_000)
    expect(asked()).toBeGreaterThanOrEqual(FAILURES_IN_A_ROW)
  },
  SOAK ? 1_800_000 : 120_000,
)
