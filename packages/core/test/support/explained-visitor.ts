import {
  type AttuneEvent,
  applyEvents,
  type CompiledRuleset,
  type Condition,
  emptyProfile,
  type Question,
  type Ruleset,
} from '@attune/core'
import { explainSegment, type SegmentTrace } from '@attune/core/explain'
import { compileDocument } from '@attune/core/publish'
import { exampleRuleset } from './example-ruleset.ts'

/** A Sunday noon in London. */
export const NOW: number = Date.UTC(2026, 10, 22, 12)
const HOUR = 3_600_000

/** The example with a score, a funnel and bands, and a segment `s`. */
export function makeRuleset(when: Condition, more: Partial<Ruleset> = {}): Ruleset {
  return {
    ...exampleRuleset,
    scores: {
      engagement: {
        halfLife: '14d',
        points: [
          { event: 'view_item', points: 1 },
          { event: 'add_to_cart', where: { value: { atLeast: 50 } }, points: 5 },
        ],
        percentiles: Array.from({ length: 101 }, (_, at) => at / 2),
      },
    },
    rfm: {
      customers: {
        event: 'purchase',
        value: 'value',
        within: '365d',
        recency: [7, 30, 90, 180],
        frequency: [2, 3, 5, 10],
        monetary: [50, 100, 250, 1000],
      },
    },
    ...more,
    segments: { ...exampleRuleset.segments, ...more.segments, s: { when } },
  }
}

/** Four views and something in the cart, days ago, and a purchase twelve hours ago. */
export const EVENTS: readonly AttuneEvent[] = [
  makeEvent('view_item', 100, { item_id: 'a', item_category: 'hiking', price: 5 }),
  makeEvent('add_to_cart', 70, { value: 20 }),
  makeEvent('view_item', 61, { item_id: 'a', item_category: 'climbing' }),
  makeEvent('view_item', 60, { item_id: 'c', item_category: 'climbing' }),
  makeEvent('view_item', 50, { item_id: 'b', item_category: 'hiking', price: 8 }),
  makeEvent('purchase', 12, { value: 40 }),
]

function makeEvent(name: string, hoursAgo: number, properties: AttuneEvent['properties']): AttuneEvent {
  return { id: `e${hoursAgo}`, name, time: NOW - hoursAgo * HOUR, properties }
}

/** The visitor as a question: in France, with consent to preferences. */
export function makeQuestion({ plan }: CompiledRuleset, changes: Partial<Question> = {}): Question {
  return {
    profile: applyEvents(emptyProfile(plan), EVENTS, plan),
    context: { geo: { country: 'FR' } },
    consent: { preferences: true },
    now: NOW,
    ...changes,
  }
}

/** Explains the segment `s` with this condition to the visitor. */
export function explain(
  when: Condition,
  changes: Partial<Question> = {},
  more: Partial<Ruleset> = {},
): SegmentTrace {
  const compiled = compileDocument(makeRuleset(when, more))
  return explainSegment(compiled, makeQuestion(compiled, changes), 's')
}
