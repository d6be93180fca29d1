import type { Shedder } from '@attune/collector/node'
import type { RulesetSource } from '@attune/storage'
import type { BreakerState } from '@attune/storage/guard'
import type { EventQueue } from '@attune/storage/queue'
import { formatDuration } from '../terminal/format.ts'
import type { LookAtPart } from './health.ts'
import { redact, redactRuleset } from './redact.ts'

/**
 * Looks at a store by asking it something small. `breaker` tells whether answers wait for what it reads, `ids` under what visitors stand in it.
 */
export function lookAtStore(
  store: { rejectedCounts(): Promise<unknown> },
  breaker?: () => BreakerState,
  ids?: 'pseudonyms' | 'as they are',
): LookAtPart {
  return async () => {
    const trouble = await store.rejectedCounts().then(() => undefined, messageOf)
    const state = breaker?.()
    const slow = state === undefined || state === 'closed' ? undefined : SLOW
    const facts = { ...(ids && { ids }), ...(state && { breaker: state }) }
    return { why: trouble ?? slow, facts: Object.keys(facts).length === 0 ? undefined : facts }
  }
}

const SLOW = 'It was too slow lately and is hardly asked: answers go without a fresh token.'

function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error))
}

// A worker folds what waits within moments; after so long somebody should look.
const LONG_MS = 60_000

/** Looks at a queue: what waits, and for how long the oldest has. */
export function lookAtQueue(queue: Pick<EventQueue, 'waiting'>, clock: () => number): LookAtPart {
  return async () => {
    const { entries, oldest, setAside } = await queue.waiting()
    const delay = oldest === null ? null : Math.max(0, clock() - oldest)
    const facts = { waiting: entries, delaySeconds: delay === null ? null : delay / 1000, setAside }
    if (delay !== null && delay > LONG_MS) {
      return {
        facts,
        why: `The oldest entry has waited for ${formatDuration(delay)}. Start more workers, with the --redis, --site and --partitions of \`attune serve\`.`,
      }
    }
    return { facts }
  }
}

/** Looks at the ruleset in force: how its source stands. */
export function lookAtRuleset(source: Pick<RulesetSource, 'state'>): LookAtPart {
  return async () => {
    const { state, revision = null, age, trouble } = source.state()
    const facts = { state, revision, ageSeconds: age === undefined ? null : age / 1000 }
    if (state === 'fresh') return { facts }
    return {
      facts,
      why: trouble === undefined ? UNCONFIRMED : `The last good one goes on. ${redactRuleset(trouble)}`,
    }
  }
}

const UNCONFIRMED = 'Nobody said lately that it is the newest.'

// Longer than two looks of whoever watches, so that none misses it.
const RECENT_MS = 30_000

/** Looks at how much comes: whether some of it was refused early in the last 30 seconds. */
export function lookAtLoad(shedder: Pick<Shedder, 'state'>): LookAtPart {
  return async () => {
    const { underWay, limit, shed, age } = shedder.state()
    const facts = { underWay, limit, shed }
    if (age === undefined || age > RECENT_MS) return { facts }
    return {
      facts,
      why: 'More comes than it can answer in time: part of it is refused early and comes again. Start more of it, or see what slows the store.',
    }
  }
}
