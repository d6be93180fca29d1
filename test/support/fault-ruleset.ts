import { readFileSync } from 'node:fs'
import type { PublishedRuleset, Ruleset, SignalPlan } from '@attune/core'
import { planRuleset, publishRuleset } from '@attune/core/publish'
import { COLLECTOR_RULESET, COLLECTOR_SECRET } from './collector-process.ts'

/** What the sites under test sign with. */
export const SECRET: string = COLLECTOR_SECRET
/** The document of the sites under test: hikers see `hiking` at `home-hero`. */
export const RULESET: Ruleset = JSON.parse(readFileSync(COLLECTOR_RULESET, 'utf8'))
export const PLAN: SignalPlan = planRuleset(RULESET)
/** An instant that the clocks of the sites under test stand at, milliseconds. */
export const NOON: number = Date.UTC(2026, 10, 22, 12)

/** The document as published under a revision. Its variants bear the revision where `marked` says so. */
export function makePublished(revision: string = RULESET.revision, marked = false): PublishedRuleset {
  if (!marked) return publishRuleset({ ...RULESET, revision })
  const names = [`plain-${revision}`, `german-${revision}`] as const
  return publishRuleset({
    ...RULESET,
    revision,
    segments: { ...RULESET.segments, german: { when: { attr: 'language', in: ['de'] } } },
    placements: { ...RULESET.placements, mark: { baseline: names[0], variants: names } },
    experiences: [
      ...(RULESET.experiences ?? []),
      {
        key: 'mark',
        placement: 'mark',
        audience: { segment: 'german' },
        purpose: 'functional',
        allocation: [{ variant: names[1], share: 1 }],
      },
    ],
    routes: { '/': ['mark', 'home-hero', 'offer'] },
  })
}
