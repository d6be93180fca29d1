import type { ProfileReader } from '@attune/storage'
import { describe, expect, test } from 'vitest'
import { openEdgeConfigStage } from '../support/fault-edge-config.ts'
import { createMarkedSite } from '../support/fault-marked-site.ts'
import { createPageSite, shownOn } from '../support/fault-pages.ts'
import { openRedisStage } from '../support/fault-redis.ts'
import { until } from '../support/fault-time.ts'
import { HANG, openUpstashStage } from '../support/fault-upstash.ts'
import { NO_REDIS } from '../support/redis.ts'
import { type Closing, closingAfter, SOAK } from './scenarios/scenario.ts'

// All of them together: each dependency has its share.
const PAGES = SOAK ? 1_000_000 : 10_000
const P99_BEFORE_MS = 30
const P99_AFTER_MS = 5

interface Dead {
  readonly name: string
  readonly open: (
    closing: Closing,
  ) => Promise<{ readonly reader: ProfileReader; readonly kill: () => unknown }>
}

const DEAD: readonly Dead[] = [
  {
    name: 'a Redis that refuses',
    open: async ({ later }) => {
      const { proxy, store } = await openRedisStage(later)
      return { reader: store, kill: () => proxy.set({ refused: true }) }
    },
  },
  {
    name: 'a Redis in a black hole',
    open: async ({ later }) => {
      const { proxy, store } = await openRedisStage(later)
      return { reader: store, kill: () => proxy.set({ blackHole: true }) }
    },
  },
  {
    name: 'an Upstash that cannot be reached',
    open: async ({ later }) => {
      const { proxy, reader } = await openUpstashStage(later)
      return { reader, kill: () => proxy.set({ refused: true }) }
    },
  },
  {
    name: 'an Upstash that never answers',
    open: async ({ later }) => {
      const stage = await openUpstashStage(later)
      return {
        reader: stage.reader,
        kill: () => {
          stage.trouble = HANG
        },
      }
    },
  },
]

const why = NO_REDIS ? `: ${NO_REDIS}` : ''

test(
  `${(PAGES / 4).toLocaleString('en-GB')} pages are all decided with an Edge Config that never answers`,
  async () => {
    const stage = await openEdgeConfigStage()
    const site = createMarkedSite(stage.source)
    await stage.source.load()
    stage.answer = () => new Promise(() => {})
    const waits: number[] = []
    const shown = new Set<string>()
    for (let at = 0; at < PAGES / 4; at++) {
      // A second between two pages: the source is asked again and again.
      stage.now += 1_000
      const begun = performance.now()
      shown.add(await site.page(at % 2 === 0 ? 'de' : 'en'))
      waits.push(performance.now() - begun)
    }
    console.log(`${waits.length.toLocaleString('en-GB')} pages: p99 ${quantile(waits).toFixed(2)} ms`)
    expect([...shown]).toEqual(['r1'])
    if (SOAK) expect(quantile(waits)).toBeLessThanOrEqual(P99_AFTER_MS)
  },
  SOAK ? 3_600_000 : 60_000,
)

describe.skipIf(NO_REDIS)(`${PAGES.toLocaleString('en-GB')} pages${why}`, () => {
  test.each(DEAD)(
    'are all decided with $name',
    ({ open }) =>
      closingAfter(async ({ later }) => {
        const { reader, kill } = await open({ later })
        const site = createPageSite(reader)
        await until('calm', 20_000, async () => {
          const read = site.reads.store
          for (let at = 0; at < 3; at++) await site.page(nameOf(at))
          return site.state() === 'closed' && site.reads.store === read + 3
        })
        const calm = Object.values(site.reads).reduce((sum, one) => sum + one)
        await kill()
        const before: number[] = []
        const after: number[] = []
        const count = PAGES / DEAD.length
        let undecided = 0
        const codes = new Set<string>()
        for (let at = 0; at < count; at++) {
          const isOpen = site.state() === 'open'
          const begun = performance.now()
          const page = await site.page(nameOf(at))
          const waited = performance.now() - begun
          // Once it is open a probe each second waits like those before it.
          if (isOpen && site.state() === 'open') after.push(waited)
          else before.push(waited)
          if (page === undefined || page.code === '') undecided++
          else codes.add(JSON.stringify(shownOn(page)))
        }
        const [slow, quick] = [quantile(before), quantile(after)]
        console.log(
          `${count.toLocaleString('en-GB')} pages: p99 ${slow.toFixed(1)} ms before the breaker opened, ${quick.toFixed(2)} ms after it`,
        )
        expect(undecided).toBe(0)
        expect(codes.size).toBe(1)
        expect(after.length).toBeGreaterThan(count / 2)
        if (SOAK) expect([slow <= P99_BEFORE_MS, quick <= P99_AFTER_MS]).toEqual([true, true])
        const { store, stale, failed, 'not-asked': notAsked } = site.reads
        expect(store + stale + failed + notAsked).toBe(count + calm)
      }),
    SOAK ? 3_600_000 : 60_000,
  )
})

const nameOf = (at: number): string => `page-${at % 5_000}`.padStart(22, '0')

function quantile(waits: readonly number[], share = 0.99): number {
  const sorted = [...waits].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}
