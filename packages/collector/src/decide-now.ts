import type { DecisionQuestion, Pin, Profile } from '@attune/core'
import { changedPlacements } from './profile/changed-placements.ts'
import { decideAsked } from './profile/decide-asked.ts'
import { liveQuestion } from './profile/live-question.ts'
import type { Site } from './site.ts'

/** What a page asks that sends no events. */
export interface NowAsked {
  readonly question: Omit<DecisionQuestion, 'profile'>
  readonly pin: Pin
  /** `null`: nothing is known of who asks. */
  readonly profile: Profile | null
  readonly placements: readonly string[]
}

/** What is told of it. */
export interface ShownNow {
  readonly told: { readonly decisions?: Readonly<Record<string, string>> }
  /** Those of the placements that the session is pinned to something else of. */
  readonly changed: readonly string[]
}

/** Decides what a page's placements show by now, and what therefore goes out of its pin. */
export function decideNow(site: Site, { question, pin, profile, placements }: NowAsked): ShownNow {
  if (profile === null || placements.length === 0) return { told: {}, changed: [] }
  const live = liveQuestion(site, question, profile, placements)
  site.tellStill(live.still)
  const changed = changedPlacements({
    compiled: site.compiled,
    isUntold: (placement) => !live.answered.includes(placement),
    pin,
    readBefore: () => profile,
    after: profile,
    question: live.question,
  })
  return { told: { decisions: decideAsked(site.compiled, live) }, changed }
}
