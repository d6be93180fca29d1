import type { Personalized } from '@attune/edge'
import type { ProfileReader, ProfileStore } from '@attune/storage'
import { expect } from 'vitest'
import { BASELINES, createPageSite, shownOn } from '../../support/fault-pages.ts'
import { NOON, PLAN } from '../../support/fault-ruleset.ts'
import { until } from '../../support/fault-time.ts'
import { type Closing, closingAfter, type Proofs, type Scenario } from './scenario.ts'

/** Where pages read from, with something between that may go wrong. */
export interface PageStage {
  readonly reader: ProfileReader
  /** Past everything that goes wrong. */
  readonly direct: ProfileStore
}

/** What goes wrong with what pages read from. */
export interface PageRow<Stage extends PageStage> {
  readonly name: string
  readonly strike: (stage: Stage) => unknown
  readonly heal?: (stage: Stage) => unknown
  /** `read`: pages are decided on profiles as always; `without`: on what was read a moment ago, else on nothing; `either`. */
  readonly answer: 'read' | 'without' | 'either'
}

// The issue's own: a page waits 25 ms for a profile, and no question outlives 100 ms.
const PAGE_LIMIT_MS = 100
// An open breaker looks every second, and a lost connection comes back within a second.
const RECOVERY_MS = 5_000
const KNOWN = ['known-1', 'known-2', 'known-3'].map((name) => name.padStart(22, '0'))
const HIKING = { ...BASELINES, 'home-hero': 'hiking' }
const PAGES = 60

/** Makes a scenario of a row: pages before, during and after it, of visitors known a moment ago and of others. */
export function pageScenario<Stage extends PageStage>(
  row: PageRow<Stage>,
  open: (closing: Closing) => Promise<Stage>,
  needs?: Scenario['needs'],
): Scenario {
  return { name: row.name, needs, play: () => play(row, open) }
}

async function play<Stage extends PageStage>(
  row: PageRow<Stage>,
  open: (closing: Closing) => Promise<Stage>,
): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const stage = await open({ later })
    // Moves on by itself, and a second at a time when nobody wants to wait for one.
    let ahead = 0
    const site = createPageSite(stage.reader, { clock: () => performance.now() + ahead, staleFor: 600_000 })
    for (const visitor of KNOWN)
      await stage.direct.append({ visitor, events: [hikingView(visitor)], plan: PLAN })
    // The first questions of a process connect, load and compile, and a machine that is busy may let one take too long.
    let calm: readonly (Personalized | undefined)[] = []
    await until('calm', 10_000, async () => {
      ahead += 1_500
      for (const visitor of KNOWN) await site.page(visitor)
      calm = await Promise.all(KNOWN.map((visitor) => site.page(visitor)))
      return site.state() === 'closed' && calm.every((page) => page?.source === 'store')
    })
    // A question that began before would still be answered.
    await until('no question is open', 10_000, async () => site.store.open === 0)
    const before = { ...site.reads }
    const asked = site.store.asked

    const pages: {
      readonly shown: Personalized | undefined
      readonly waited: number
      readonly known: boolean
    }[] = []
    try {
      await row.strike(stage)
      for (let at = 0; at < PAGES; at++) {
        const known = at % 2 === 0
        const visitor = known ? KNOWN[at % KNOWN.length]! : `stranger-${at}`.padStart(22, '0')
        const { value, waited } = await time.measure(() => site.page(visitor))
        pages.push({ shown: value, waited, known })
      }
    } finally {
      await row.heal?.(stage)
    }
    const during = differenceOf(site.reads, before)
    const askedDuring = site.store.asked - asked
    const { waited: recovered } = await time.measure(() =>
      until('read again', 20_000, async () => {
        ahead += 500
        const fresh = { ...site.reads }
        await site.page(KNOWN[1]!)
        return differenceOf(site.reads, fresh).store === 1 && site.state() === 'closed'
      }),
    )
    const after = await site.page(KNOWN[2]!)
    await until('no question is open', 10_000, async () => site.store.open === 0)

    return {
      answer: () => {
        expect(calm.map(shownOn)).toEqual(calm.map(() => HIKING))
        const wrong = pages.filter(({ shown, known }) => {
          const text = JSON.stringify(shownOn(shown))
          return text !== JSON.stringify(known ? HIKING : BASELINES)
        })
        expect(wrong).toEqual([])
        expect(pages.every(({ shown }) => shown !== undefined && shown.code !== '')).toBe(true)
      },
      deadline: () => {
        expect(Math.max(...pages.map(({ waited }) => waited))).toBeLessThanOrEqual(PAGE_LIMIT_MS)
        if (row.answer === 'without') expect(askedDuring).toBeLessThanOrEqual(7)
      },
      recovery: () => {
        expect(recovered).toBeLessThanOrEqual(RECOVERY_MS)
        expect([after?.source, shownOn(after), site.state()]).toEqual(['store', HIKING, 'closed'])
      },
      count: () => {
        // Each page is counted once, by where its answer came from.
        expect(Object.values(during).reduce((sum, count) => sum + count, 0)).toBe(PAGES)
        // A machine that is busy may let a read take more than its 20 ms now and then.
        if (row.answer === 'read') expect(during.store).toBeGreaterThanOrEqual(PAGES / 2)
        if (row.answer === 'without') {
          expect([during.store, during.stale]).toEqual([0, PAGES / 2])
          const failed = pages.filter(({ shown }) => shown?.source === 'failed').length
          expect(failed).toBe(during.failed + during['not-asked'])
        }
      },
    }
  })
}

function hikingView(visitor: string) {
  const properties = { item_id: 'boots', item_category: 'hiking' }
  return { id: `${visitor}-view`, name: 'view_item', time: NOON - 60_000, properties }
}

function differenceOf<Counts extends Readonly<Record<string, number>>>(
  after: Counts,
  before: Counts,
): Counts {
  const names = Object.keys(after).map((name) => [name, after[name]! - before[name]!])
  // The same names as before.
  return Object.fromEntries(names) as Counts
}
