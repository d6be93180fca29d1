/**
 * Why a visitor is taken for a program: more pages or acts in a minute than a person makes (`rate`), acts or pages in succession faster
 * than hands are, or as even as a clock (`timing`), page after page without a sign of a person (`no-focus`).
 */
export type ProgramReason = 'rate' | 'timing' | 'no-focus'

/** What people do not do. Times in milliseconds. */
export interface BehaviourRules {
  /** Events that say a page was shown. Default `page_view`. */
  readonly pages: readonly string[]
  /** Events that one press of a person makes at most one of. */
  readonly acts: readonly string[]
  /** Events that only come of a person who looks, points or types. */
  readonly signs: readonly string[]
  /** Page views in a minute past which it is a program. Default 90: three in two seconds, for a whole minute. */
  readonly pagesPerMinute: number
  /** Acts in a minute past which it is a program. Default 400; people who click as fast as they can manage some 6 a second for a while. */
  readonly actsPerMinute: number
  /** So many acts in a row, each within `actGap` of the one before. Default 20 of 50 ms: 20 presses a second, when the best manage 14. */
  readonly actRun: number
  readonly actGap: number
  /** So many pages in a row, each within `pageGap`. Default 40 of 250 ms; a browser that opens its tabs again shows fewer. */
  readonly pageRun: number
  readonly pageGap: number
  /** So many pages in a row at equal distances (2 % or 20 ms apart) without a sign of a person between. Default 40. */
  readonly evenRun: number
  /** So many pages without any sign of a person, where signs are sent. Default 30; 0 never asks. */
  readonly pagesWithoutSign: number
}

/** How people behave, with room to spare: who is wrongly called a program loses what the site learnt of them for a day. */
export const BEHAVIOUR_RULES: BehaviourRules = {
  pages: ['page_view'],
  acts: [
    'select_content',
    'select_item',
    'select_promotion',
    'add_to_cart',
    'remove_from_cart',
    'add_to_wishlist',
    'share',
    'search',
    'form_submit',
    'purchase',
  ],
  signs: [
    'user_engagement',
    'scroll',
    'select_content',
    'form_start',
    'form_submit',
    'video_progress',
    'search',
  ],
  pagesPerMinute: 90,
  actsPerMinute: 400,
  actRun: 20,
  actGap: 50,
  pageRun: 40,
  pageGap: 250,
  evenRun: 40,
  pagesWithoutSign: 30,
}
