import type { RulesetSource } from '@attune/storage/ruleset-source'
import { expect } from 'vitest'
import { createMarkedSite } from '../../support/fault-marked-site.ts'
import { until } from '../../support/fault-time.ts'
import { type Closing, closingAfter, type Proofs, type Scenario } from './scenario.ts'

/** A source that holds revision r1, and may be made to fail. */
export interface RulesetStage {
  readonly source: RulesetSource
  /** The same for a process that starts now. */
  readonly begin: () => RulesetSource
  /** Publishes another revision. */
  put(revision: string): Promise<void>
  /** Moves its clock on. */
  readonly pass: (milliseconds: number) => void
}

/** What goes wrong with a source of rulesets. */
export interface RulesetRow<Stage extends RulesetStage> {
  readonly name: string
  /** Called `times` times: each another way to be wrong. */
  readonly strike: (stage: Stage, time: number) => unknown
  readonly heal?: (stage: Stage) => unknown
  readonly times?: number
  /** Why, as the source says it. */
  readonly says: RegExp
  /** What a process that starts meanwhile shows. Default `baseline`. */
  readonly cold?: 'baseline' | 'r1'
}

// No page waits for a ruleset once there was one, and a first one is looked for no longer than the timeout of its question.
const PAGE_LIMIT_MS = 25
const COLD_LIMIT_MS = 1_000

export function rulesetScenario<Stage extends RulesetStage>(
  row: RulesetRow<Stage>,
  open: (closing: Closing) => Promise<Stage>,
  needs?: Scenario['needs'],
): Scenario {
  return { name: row.name, needs, play: () => play(row, open) }
}

async function play<Stage extends RulesetStage>(
  row: RulesetRow<Stage>,
  open: (closing: Closing) => Promise<Stage>,
): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const stage = await open({ later })
    const site = createMarkedSite(stage.source)
    // The first look of a process loads and connects.
    await until('calm', 10_000, async () => {
      stage.pass(31_000)
      return stage.source.load().then(
        () => stage.source.state().state === 'fresh',
        () => false,
      )
    })
    const shown: string[] = []
    const waits: number[] = []
    const states: string[] = []
    const troubles: string[] = []
    const cold: string[] = []
    let coldWait = 0
    const ask = async (language: 'de' | 'en'): Promise<void> => {
      const { value, waited } = await time.measure(() => site.page(language))
      shown.push(value)
      waits.push(waited)
    }
    await ask('de')
    for (let at = 0; at < (row.times ?? 1); at++) {
      await row.strike(stage, at)
      stage.pass(31_000)
      await Promise.all([ask('de'), stage.source.refresh(), ask('en')])
      await ask('de')
      states.push(stage.source.state().state)
      troubles.push(stage.source.state().trouble ?? '')
      if (at % 20 > 0) continue
      const begun = stage.begin()
      const late = await time.measure(() =>
        begun.load().then(
          ({ revision }) => revision,
          () => 'baseline',
        ),
      )
      cold.push(late.value)
      coldWait = Math.max(coldWait, late.waited)
    }
    await row.heal?.(stage)
    await stage.put('r9')
    const { waited: recovered } = await time.measure(() =>
      until('the next revision', 10_000, async () => {
        stage.pass(31_000)
        await stage.source.refresh()
        return (await site.page('de')) === 'r9'
      }),
    )
    let started = ''
    await until('a process starts', 10_000, async () => {
      started = await stage
        .begin()
        .load()
        .then(
          ({ revision }) => revision,
          () => '',
        )
      return started !== ''
    })
    return {
      answer: () => {
        expect(shown).toEqual(shown.map(() => 'r1'))
        expect(states).toEqual(states.map(() => 'stale'))
        for (const trouble of troubles) expect(trouble).toMatch(row.says)
        expect(cold).toEqual(cold.map(() => row.cold ?? 'baseline'))
      },
      deadline: () => {
        expect(Math.max(...waits)).toBeLessThanOrEqual(PAGE_LIMIT_MS)
        expect(coldWait).toBeLessThanOrEqual(COLD_LIMIT_MS)
      },
      recovery: () => {
        expect(recovered).toBeLessThanOrEqual(COLD_LIMIT_MS)
        expect([stage.source.state().state, started]).toEqual(['fresh', 'r9'])
      },
      // Each answer is explained by exactly one revision (`page` throws otherwise), and only two were ever in force.
      count: () => {
        expect(shown).toHaveLength(1 + 3 * (row.times ?? 1))
        expect(site.published.map(({ revision }) => revision)).toEqual(['r1', 'r9'])
      },
    }
  })
}
