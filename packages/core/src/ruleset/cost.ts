import type { Condition } from '../condition/condition.ts'
import { childrenOf } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import type { SegmentConditions } from '../condition/needed-purposes.ts'
import { own } from '../result/json.ts'
import { neededSignals } from '../signal/needed-signals.ts'
import { planSignals } from '../signal/plan-signals.ts'
import type { Signal } from '../signal/signal.ts'
import { definitionsOf, type Ruleset } from './ruleset.ts'

/**
 * What answering takes: `edge` nothing beyond the request and its visitor cookie, `store` one read of the profile for
 * visitors of whom the cookie cannot hold everything, `batch` a table that a job makes.
 */
export type Cost = 'edge' | 'store' | 'batch'

/** Characters of a cookie that may be filled with states; the rest is seal, visitor and traits. */
const COOKIE_ROOM = 3_000

/** The cost class of a condition and all below it. */
export function costOf(
  condition: Condition,
  definitions: Definitions,
  segments: SegmentConditions = {},
): Cost {
  const conditions = [...reach(condition, segments)]
  if (conditions.some(needsJob)) return 'batch'
  const plan = planSignals(conditions.flatMap((one) => neededSignals(one, definitions)))
  const most = plan.signals.reduce((sum, signal) => sum + mostCharacters(signal), 0)
  return most > COOKIE_ROOM ? 'store' : 'edge'
}

/** The cost class of each segment of a checked ruleset. */
export function costsOf(ruleset: Ruleset): { readonly [segment: string]: Cost } {
  const definitions = definitionsOf(ruleset)
  const segments = ruleset.segments ?? {}
  const costs = Object.entries(segments).map(([key, { when }]) => [key, costOf(when, definitions, segments)])
  return Object.fromEntries(costs)
}

// The condition itself and those of the segments it refers to, each once.
function reach(condition: Condition, segments: SegmentConditions): ReadonlySet<Condition> {
  const found = new Set([condition])
  for (const each of found) {
    for (const key of referredBy(each)) {
      const segment = own(segments, key)
      if (segment !== undefined) found.add(segment.when)
    }
  }
  return found
}

function referredBy(condition: Condition): readonly string[] {
  return 'segment' in condition ? [condition.segment] : childrenOf(condition).flatMap(referredBy)
}

function needsJob(condition: Condition): boolean {
  if ('rfm' in condition || 'model' in condition || 'percentile' in condition) return true
  return childrenOf(condition).some(needsJob)
}

// How long a state becomes in the cookie; numbers are written in base64 of their decimals.
function mostCharacters(signal: Signal): number {
  switch (signal.kind) {
    case 'times':
      return 12 * (signal.keep + 2)
    case 'ring':
      return 60 * 14
    case 'distinct':
      return 32 * 18
    case 'score':
      return 64 * 18
    case 'interest':
      // A keen visitor's: all 64 values with all their buckets would be a page of their own.
      return 16 * (20 + 10 * 10)
    case 'periods':
      return 60 * 4
    case 'chain':
      return 24 * signal.steps.length
    case 'touch':
      return 2 * 200
    default:
      return 24
  }
}
