import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '../ruleset-source.ts'
import { type FetchedRuleset, fetchRuleset } from './fetch-ruleset.ts'

export interface SourceSettings {
  readonly url: string
  readonly secrets: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly clock: () => number
  readonly fetch: typeof fetch
  readonly onError: (error: unknown, step: string) => void
}

// After a failure it is asked again sooner, yet not by every request.
const RETRY_MS = 2_000
// A page is rendered within moments of its code; more than one change in them is an editor at work.
const KEPT_RULESETS = 3
const REMEMBERED_REVISIONS = 100

/** A source without a past. */
export function openSource(settings: SourceSettings): RulesetSource {
  const { url, interval, clock } = settings
  let recent: readonly PublishedRuleset[] = []
  let revisions: readonly string[] = []
  let etag: string | undefined
  let asked = Number.NEGATIVE_INFINITY
  let trouble: unknown
  let asking: Promise<void> | undefined

  const take = (fetched: FetchedRuleset): void => {
    const { revision } = fetched.ruleset
    if (revisions.indexOf(revision) > 0) {
      throw new Error(
        `[storage] ${url}: revision ${revision} was replaced by ${revisions[0]} and came back. ` +
          'A cache on the way holds an old answer; to go back on purpose, publish it under a new name.',
      )
    }
    revisions = [revision, ...revisions.filter((one) => one !== revision)].slice(0, REMEMBERED_REVISIONS)
    recent = [fetched.ruleset, ...recent].slice(0, KEPT_RULESETS)
    etag = fetched.etag
  }

  const askOnce = async (): Promise<void> => {
    asked = clock()
    try {
      const fetched = await fetchRuleset({ ...settings, etag })
      if (fetched !== undefined) take(fetched)
      trouble = undefined
    } catch (error) {
      trouble = error
      settings.onError(error, 'load-ruleset')
    }
  }

  const ask = (): Promise<void> => {
    asking ??= askOnce().finally(() => {
      asking = undefined
    })
    return asking
  }

  const isDue = (): boolean =>
    clock() - asked >= (trouble === undefined ? interval : Math.min(interval, RETRY_MS))

  return {
    load: async () => {
      const [current] = recent
      if (isDue() || (current === undefined && asking !== undefined)) {
        const answer = ask()
        if (current === undefined) await answer
      }
      const ruleset = current ?? recent[0]
      if (ruleset === undefined) throw trouble
      return ruleset
    },
    refresh: async () => {
      // An answer that is under way may be from before the change.
      await asking
      await ask()
    },
    recent: () => recent,
  }
}
