import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRulesetSource } from '@attune/storage/ruleset-source'
import { setupServer } from 'msw/node'
import { expect } from 'vitest'
import { publish } from '../../../packages/cli/src/commands/publish.ts'
import { main } from '../../../packages/cli/src/main.ts'
import { makeIo } from '../../../packages/cli/test/support/make-io.ts'
import { CONFIG, makeVercel, TOKEN } from '../../../packages/cli/test/support/vercel.ts'
import { openEdgeConfigStage } from '../../support/fault-edge-config.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { createMarkedSite } from '../../support/fault-marked-site.ts'
import { makePublished, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { countTime } from '../../support/fault-time.ts'
import { closingAfter, type Proofs, type Scenario, SOAK } from './scenario.ts'

const FLIPS = SOAK ? 1_000 : 200
const PAGE_LIMIT_MS = 25

/** Changes, every tenth damaged, each under four pages. */
async function playFlips(): Promise<Proofs> {
  const time = countTime()
  let text = JSON.stringify(makePublished('r0', true))
  const source = createRulesetSource('the test', async () => ({ text, version: text }), { onError: () => {} })
  const site = createMarkedSite(source)
  await source.load()
  const shown: string[] = []
  const waits: number[] = []
  const wrong: string[] = []
  const inForce = (): number => site.published.length - 1
  const ask = async (language: 'de' | 'en'): Promise<void> => {
    const from = inForce()
    const { value, waited } = await time.measure(() => site.page(language))
    const possible = site.published.slice(from, inForce() + 1).map(({ revision }) => revision)
    if (!possible.includes(value)) wrong.push(`${value} of ${possible}`)
    shown.push(value)
    waits.push(waited)
  }
  for (let flip = 1; flip <= FLIPS; flip++) {
    const whole = JSON.stringify(makePublished(`r${flip}`, true))
    text = flip % 10 === 0 ? whole.replace('"op":"attr"', '"op":"atr"') : whole
    await Promise.all([ask('de'), source.refresh(), ask('en'), ask('de'), ask('en')])
  }
  const last = await site.page('de')
  text = JSON.stringify(makePublished('sound', true))
  await source.refresh()
  const sound = await site.page('en')
  time.stop()
  return {
    // Each answer is explained by exactly one revision, or `page` would have thrown, and that one was in force while it was asked.
    answer: () => expect(wrong).toEqual([]),
    deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(PAGE_LIMIT_MS),
    recovery: () => expect([last, sound]).toEqual([`r${FLIPS - 1}`, 'sound']),
    count: () => {
      expect(shown).toHaveLength(4 * FLIPS)
      expect(site.published).toHaveLength(FLIPS * 0.9 + 2)
    },
  }
}

/** A ruleset that its Edge Config has no room for. */
async function playOversize(): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const service = setupServer()
    const vercel = makeVercel()
    service.listen({ onUnhandledFrame: 'bypass' })
    later(() => service.close())
    service.use(...vercel.handlers)
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`more-${at}`, { when: { attr: 'language', in: [`x${at}`] } }]),
    )
    const folder = makeFolder(later)
    const publishOf = async (revision: string, segments: object): Promise<number> => {
      const file = join(folder, `${revision}.json`)
      writeFileSync(
        file,
        JSON.stringify({ ...RULESET, revision, segments: { ...RULESET.segments, ...segments } }),
      )
      const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, VERCEL_TOKEN: TOKEN } })
      const code = await main(
        ['publish', 'edge-config', file, '--config', CONFIG, '--no-document'],
        [publish],
        io,
        '1',
      )
      said.push(err())
      return code
    }
    const said: string[] = []
    const stage = await openEdgeConfigStage()
    stage.answer = async () => vercel.items.get('attune')
    const first = await publishOf('r1', {})
    await stage.source.load()
    const asked = vercel.asked.length
    const { value: refused, waited } = await time.measure(() => publishOf('r2', many))
    const askedThen = vercel.asked.slice(asked)
    await stage.source.refresh()
    const during = stage.source.state()
    const third = await publishOf('r3', {})
    await stage.source.refresh()
    return {
      answer: () => {
        expect([first, refused > 0]).toEqual([0, true])
        expect(said[1]).toMatch(/the plan hobby allows a store 8,192 in all\. Nothing was published/)
        expect([during.state, during.revision]).toEqual(['fresh', 'r1'])
      },
      deadline: () => expect(waited).toBeLessThanOrEqual(5_000),
      recovery: () => expect([third, stage.source.state().revision]).toEqual([0, 'r3']),
      // What is too large is never sent.
      count: () => expect(askedThen.filter((step) => step.startsWith('PATCH'))).toEqual([]),
    }
  })
}

/** An old revision comes back, as from a cache or a region that lags behind. */
async function playOld(): Promise<Proofs> {
  const time = countTime()
  const stage = await openEdgeConfigStage()
  const site = createMarkedSite(stage.source)
  await stage.source.load()
  const shown: string[] = []
  const states: (string | undefined)[] = []
  let longest = 0
  for (const revision of ['r2', 'r1', 'r3', 'r2', 'r1']) {
    await stage.put(revision)
    await stage.source.refresh()
    const { value, waited } = await time.measure(() => site.page('de'))
    shown.push(value)
    states.push(stage.source.state().state)
    longest = Math.max(longest, waited)
  }
  await stage.put('r4')
  await stage.source.refresh()
  const after = await site.page('en')
  time.stop()
  return {
    answer: () => expect(shown).toEqual(['r2', 'r2', 'r3', 'r3', 'r3']),
    deadline: () => expect(longest).toBeLessThanOrEqual(PAGE_LIMIT_MS),
    recovery: () => expect([after, stage.source.state().state]).toEqual(['r4', 'fresh']),
    count: () => {
      expect(site.published.map(({ revision }) => revision)).toEqual(['r1', 'r2', 'r3', 'r4'])
      expect(states).toEqual(['fresh', 'stale', 'fresh', 'stale', 'stale'])
    },
  }
}

/** Rulesets that change while they are asked for. */
export const RULESET_FLIPS: readonly Scenario[] = [
  {
    name: `each page under ${FLIPS} changes of its ruleset is explained by exactly one revision`,
    play: playFlips,
  },
  { name: 'a ruleset that its Edge Config has no room for is refused before it is sent', play: playOversize },
  { name: 'a revision that was replaced does not come back', play: playOld },
]
