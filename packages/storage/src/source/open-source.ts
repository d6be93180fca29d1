import type { PublishedRuleset } from '@attune/core'
import { parsePublished } from './parse-published.ts'
import type { PrepareRuleset, RulesetSource } from './ruleset-source.ts'
import type { SourceSettings } from './source-options.ts'
import { messageOf, trouble as troubleOf } from './trouble.ts'
import { within } from './within.ts'

/** What a source holds: the text that `attune publish` wrote, and what tells it from another. */
export interface Found {
  readonly text: string
  readonly version: string | undefined
}

/**
 * Reads what a source holds; resolves to `undefined` when that is still of the version `known`. Rejects with the cure when there is no
 * good answer. The one thing that a kind of source writes.
 */
export type ReadSource = (known: string | undefined, signal: AbortSignal) => Promise<Found | undefined>

// After a failure it is asked again sooner, yet not by every request; twice as late after each.
const RETRY_MS = 2_000
const JITTER = 0.1
// A page is rendered within moments of its code; more than one change in them is an editor at work.
const KEPT_RULESETS = 3
const REMEMBERED_REVISIONS = 100

/** A source without a past. Nothing runs while nobody asks: no timer keeps a process awake. */
export function openSource(settings: SourceSettings, read: ReadSource): RulesetSource {
  const { name, interval, timeout, clock, report } = settings
  const followers: PrepareRuleset[] = []
  let recent: readonly PublishedRuleset[] = []
  let revisions: readonly string[] = []
  let held: Found | undefined
  // When the question under way was asked; without one, when the last was settled.
  let asked = Number.NEGATIVE_INFINITY
  let confirmed = Number.NEGATIVE_INFINITY
  let wait = 0
  let failures = 0
  let trouble: unknown
  let question: Promise<void> | undefined

  const take = (found: Found): void => {
    if (found.text !== held?.text) {
      const ruleset = parsePublished(name, found.text)
      const { revision } = ruleset
      if (revisions.indexOf(revision) > 0) {
        throw troubleOf(
          name,
          `holds revision ${revision} again: ${revision} was replaced by ${revisions[0]}, a cache on the way is old. ` +
            'To go back on purpose, publish it under a new name',
        )
      }
      // All are ready, or none changes.
      const uses = followers.map((prepare) => prepare(ruleset))
      revisions = [revision, ...revisions.filter((one) => one !== revision)].slice(0, REMEMBERED_REVISIONS)
      recent = [ruleset, ...recent].slice(0, KEPT_RULESETS)
      for (const use of uses) use()
    }
    held = found
  }

  const settle = (outcome: unknown): void => {
    trouble = outcome
    failures = outcome === undefined ? 0 : failures + 1
    const pause = failures === 0 ? interval : Math.min(interval, RETRY_MS * 2 ** (failures - 1))
    wait = pause * (1 + JITTER * (2 * settings.random() - 1))
    // One that ran into its timeout would else leave no pause before the next.
    asked = clock()
    question = undefined
  }

  const askOnce = async (isMine: () => boolean): Promise<void> => {
    const begun = clock()
    asked = begun
    try {
      const found = await within(name, timeout, (signal) => read(held?.version, signal))
      if (!isMine()) return
      if (found !== undefined) take(found)
      confirmed = begun
      settle(undefined)
    } catch (error) {
      if (!isMine()) return
      settle(error ?? troubleOf(name, 'failed without a word. Look into it'))
      report(error, 'load-ruleset')
    }
  }

  const ask = (): Promise<void> => {
    if (question !== undefined && !isForsaken(clock() - asked, timeout)) return question
    const mine: Promise<void> = askOnce(() => question === mine)
    question = mine
    settings.waitUntil(mine)
    return mine
  }

  // Hosts that end a request end what it began: its timers and answers too, so whoever waits has a timer of their own.
  const waitFor = (work: Promise<void> | undefined): Promise<void> => within(name, timeout, async () => work)

  const isDue = (): boolean => {
    const passed = clock() - asked
    // Set back, a clock would otherwise keep us from asking for as long.
    return passed >= wait || passed < 0
  }

  return {
    load: async () => {
      const [current] = recent
      if (isDue() || (current === undefined && question !== undefined)) {
        const answer = ask()
        if (current === undefined) await waitFor(answer)
      }
      const ruleset = current ?? recent[0]
      if (ruleset === undefined) throw trouble
      return ruleset
    },
    refresh: async () => {
      // An answer that is under way may be from before the change.
      await waitFor(question).catch(() => {})
      await waitFor(ask()).catch(() => {})
    },
    recent: () => recent,
    follow: (prepare) => {
      followers.push(prepare)
      if (recent[0] === undefined) return
      try {
        prepare(recent[0])()
      } catch (error) {
        report(error, 'prepare-ruleset')
      }
    },
    state: () => {
      const told = trouble === undefined ? {} : { trouble: messageOf(trouble) }
      const [current] = recent
      if (current === undefined) return { state: 'default', ...told }
      const age = Math.max(0, clock() - confirmed)
      const isFresh = trouble === undefined && age <= 2 * interval + timeout
      return { state: isFresh ? 'fresh' : 'stale', revision: current.revision, age, ...told }
    },
  }
}

// So late its own timer would have ended it long ago: whoever asked is gone.
function isForsaken(passed: number, timeout: number): boolean {
  return passed > 2 * timeout || passed < 0
}
