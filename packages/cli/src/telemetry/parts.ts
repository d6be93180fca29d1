import { statSync } from 'node:fs'
import type { BreakerState } from '@attune/storage/guard'
import type { EventQueue } from '@attune/storage/queue'
import { readRulesetFile } from '@attune/storage/ruleset-file'
import { formatDuration } from '../terminal/format.ts'
import type { LookAtPart, PartHealth } from './health.ts'
import { redact } from './redact.ts'

/** Looks at a store by asking it something small; `breaker` tells whether answers wait for what it reads. */
export function lookAtStore(
  store: { rejectedCounts(): Promise<unknown> },
  breaker?: () => BreakerState,
): LookAtPart {
  return async () => {
    const trouble = await store.rejectedCounts().then(() => undefined, messageOf)
    const state = breaker?.()
    const slow = state === undefined || state === 'closed' ? undefined : SLOW
    return { why: trouble ?? slow, facts: state && { breaker: state } }
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
      return { facts, why: `The oldest entry has waited for ${formatDuration(delay)}. Start more workers.` }
    }
    return { facts }
  }
}

/** Looks at the ruleset that was read from a file: whether the file still holds it. */
export function lookAtRuleset(file: string, revision: string, clock: () => number): LookAtPart {
  let stamp = stampOf(file)
  let confirmed = clock()
  let health: PartHealth = { facts: { state: 'fresh', revision } }
  const stale = (why: string, more: PartHealth['facts'] = {}): PartHealth => ({
    facts: { state: 'stale', revision, ...more },
    why,
  })

  const compare = (): PartHealth => {
    const read = readRulesetFile(file)
    if (!read.ok) {
      const [first] = read.problems
      return stale(
        `The file no longer holds a sound ruleset; the one read goes on. ${first?.path}: ${first?.message}`,
      )
    }
    if (read.value.revision === revision) return { facts: { state: 'fresh', revision } }
    return stale('The file holds another revision by now. Start anew to use it.', {
      inFile: read.value.revision,
    })
  }

  return async () => {
    const now = stampOf(file)
    if (now !== stamp) health = now === undefined ? stale('The file is gone. Put it back.') : compare()
    stamp = now
    const time = clock()
    if (health.why === undefined) confirmed = time
    return { ...health, facts: { ...health.facts, ageSeconds: Math.max(0, time - confirmed) / 1000 } }
  }
}

function stampOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`
}
