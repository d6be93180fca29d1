import type { Consent } from './consent.ts'
import { PURPOSES, type Purpose } from './purpose.ts'

/** Beside the purposes in the consent cookie: the visitor said yes to them after they were told of their browser's objection. */
export const DESPITE_OBJECTION = 'gpc'

/** What an objection takes away: sharing what is known of the visitor, and personalising by it. Counting is neither. */
export const OBJECTED: readonly Purpose[] = ['preferences', 'marketing']

/** What a site's owner decides for visitors; everything has the strictest default. */
export interface ConsentRules {
  /**
   * What is granted by visitors who were not asked, by region: a country (`US`), or a part of one (`US-CA`), which goes before its
   * country; `*` is everywhere else, known or not. Default: nothing, as in every region that is not named or not known.
   */
  readonly unasked?: { readonly [region: string]: readonly Purpose[] }
  /** What `DNT: 1` means; default `ignore`. Never more than Global Privacy Control. */
  readonly doNotTrack?: 'ignore' | 'obey'
}

/** What there is to know of one visitor's consent. */
export interface ConsentQuestion {
  /** The words of the consent cookie; missing when the visitor was not asked. */
  readonly said?: readonly string[] | undefined
  /** `Sec-GPC: 1`, or `navigator.globalPrivacyControl`. */
  readonly globalPrivacyControl: boolean
  /** `DNT: 1`, or `navigator.doNotTrack`. Default false. */
  readonly doNotTrack?: boolean
  /** `US-CA` or `US`; unknown is the strictest. */
  readonly region?: string | undefined
}

/**
 * Settles what is granted. What the visitor said goes before what the owner decided; an objection of the browser takes `OBJECTED` away
 * from both, unless the visitor said yes in spite of it (`DESPITE_OBJECTION`). Words that are no purposes grant nothing.
 * Source: W3C Global Privacy Control; 11 CCR § 7025 (c).
 */
export function settleConsent(question: ConsentQuestion, rules: ConsentRules = {}): Consent {
  const { said, region } = question
  const words: readonly string[] = said ?? unaskedIn(rules, region)
  const objects =
    question.globalPrivacyControl || (rules.doNotTrack === 'obey' && question.doNotTrack === true)
  const isTaken = (purpose: Purpose): boolean =>
    objects && OBJECTED.includes(purpose) && said?.includes(DESPITE_OBJECTION) !== true
  const named = PURPOSES.filter((purpose) => words.includes(purpose))
  return Object.fromEntries(named.map((purpose) => [purpose, !isTaken(purpose)]))
}

function unaskedIn({ unasked = {} }: ConsentRules, region: string | undefined): readonly Purpose[] {
  const names = region === undefined ? ['*'] : [region, region.split('-')[0]!, '*']
  const name = names.find((each) => Object.hasOwn(unasked, each))
  return name === undefined ? [] : unasked[name]!
}
