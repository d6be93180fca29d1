import { type AttuneEvent, IDENTIFY, type SignalPlan, TRAIT_WEIGHTS } from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { NOON } from '../../src/contract/builders.ts'
import type { IntakeStore } from '../../src/profile-store.ts'
import type { VisitorMerging } from '../../src/visitor-merging.ts'
import { CANARY, markedEvent } from './canary.ts'

/** What a site listens to that also asks its customers. */
export const ACCOUNT_PLAN: SignalPlan = planRuleset({
  version: 1,
  revision: 'accounts',
  events: { view_item: { properties: { item_id: 'string' } }, add_to_cart: {}, purchase: {} },
  traits: { city: { type: 'string' }, sports: { type: 'list' } },
  segments: {
    viewer: { when: { count: 'view_item', within: '7d', atLeast: 3 } },
    neighbour: { when: { attr: 'trait.city', exists: true } },
    climber: { when: { attr: 'trait.sports', hasAny: ['climbing'] } },
  },
})

/** The ids of one person: the account, and what two browsers were called before. */
export const ACCOUNT: string = `${CANARY}-account`
export const BROWSERS: readonly string[] = [`${CANARY}-phone`, `${CANARY}-laptop`]
/** Somebody else, who stays. */
export const OTHER = 'other'
/** Events of the person that are kept once both browsers have signed in. */
export const KEPT: number = 14

/** Keeps a person with traits who signed in on two browsers, and somebody else beside them; the mark is in every text of the person. */
export async function plantAccount(
  store: Pick<IntakeStore, 'append' | 'reject'> & Pick<VisitorMerging, 'mergeVisitor'>,
): Promise<void> {
  const plan = ACCOUNT_PLAN
  const events = (mark: string, from: number): readonly AttuneEvent[] => [
    ...[0, 3, 6].map((at) => markedEvent(mark, from + at)),
    tellTraits(mark, from + 7),
  ]
  for (const [at, visitor] of [...BROWSERS, OTHER].entries())
    await store.append({ visitor, events: events(visitor, at * 10), plan })
  await store.reject([
    { reason: 'wrong-type', time: NOON, event: `{"at":"${BROWSERS[0]}"}`, visitor: BROWSERS[0]! },
    { reason: 'wrong-type', time: NOON, event: '{"at":"other"}', visitor: OTHER },
  ])
  await store.append({ visitor: ACCOUNT, events: [...events(ACCOUNT, 50), markedEvent(ACCOUNT, 60)], plan })
  await store.mergeVisitor(BROWSERS[0]!, ACCOUNT, plan, NOON)
  await store.append({ visitor: ACCOUNT, events: [markedEvent(`${ACCOUNT}-later`, 90)], plan })
  await store.mergeVisitor(BROWSERS[1]!, ACCOUNT, plan, NOON + 1)
}

function tellTraits(mark: string, at: number): AttuneEvent {
  const properties = {
    city: `${mark}-city`,
    sports: ['climbing', `${mark}-sport`],
    [TRAIT_WEIGHTS]: { city: 2 },
  }
  return { id: `${mark}-told`, name: IDENTIFY, time: NOON + at * 60_000, properties }
}
