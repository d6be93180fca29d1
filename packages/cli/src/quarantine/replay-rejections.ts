import { randomBytes } from 'node:crypto'
import { createCollector } from '@attune/collector'
import type { Consent, Ruleset } from '@attune/core'
import type { KeptRejection, Quarantine, RehearsingStore } from '@attune/storage'
import { fixEvent } from './fix-event.ts'
import type { Fixes } from './fixes.ts'

/** What is replayed, and how. */
export interface Replay {
  readonly store: RehearsingStore & Quarantine
  readonly ruleset: Ruleset
  readonly fixes: Fixes
  /** What the visitors grant now. */
  readonly consent: Consent
  readonly reasons: readonly string[]
  /** Nothing is kept, nothing leaves the quarantine. */
  readonly isDry: boolean
}

/** What became of the refused events that were looked at; each is counted once. */
export interface ReplayedRejections {
  readonly accepted: number
  /** Taken before, by their ids. */
  readonly duplicates: number
  /** Refused again, by reason; they stay. */
  readonly refused: { readonly [reason: string]: number }
  /** Could not be replayed, by why; they stay. */
  readonly left: { readonly [why: string]: number }
}

const PAGE = 500

/**
 * Replays refused events as of when they came: lateness and the sender's clock are judged by that time. What is accepted or known leaves
 * the quarantine after it is durable; broken off, the next run goes on.
 */
export async function replayRejections(replay: Replay): Promise<ReplayedRejections> {
  const { store, reasons, isDry } = replay
  const counts = {
    accepted: 0,
    duplicates: 0,
    refused: new Map<string, number>(),
    left: new Map<string, number>(),
  }
  const take = createTaker(replay)
  for (let after = 0; ; ) {
    const page = await store.listRejected({ after, most: PAGE })
    const done: number[] = []
    for (const rejection of page) {
      if (!reasons.includes(rejection.reason)) continue
      const outcome = await take(rejection)
      if ('left' in outcome) bump(counts.left, outcome.left)
      else if ('refused' in outcome) bump(counts.refused, outcome.refused)
      else {
        counts[outcome.done]++
        done.push(rejection.id)
      }
    }
    if (!isDry) await store.dropRejected(done)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = last.id
  }
  const { refused, left } = counts
  return { ...counts, refused: Object.fromEntries(refused), left: Object.fromEntries(left) }
}

type Outcome =
  | { readonly done: 'accepted' | 'duplicates' }
  | { readonly refused: string }
  | { readonly left: string }

function createTaker({
  store,
  ruleset,
  fixes,
  consent,
  isDry,
}: Replay): (rejection: KeptRejection) => Promise<Outcome> {
  let now = 0
  const collector = createCollector({
    ruleset,
    // No cookie is signed here.
    secret: randomBytes(32).toString('base64url'),
    store: {
      ...store,
      ...(isDry ? { append: store.rehearse } : {}),
      // What is refused again is there already, and was counted.
      reject: async () => {},
      // The clock goes back and forth; whoever serves sweeps.
      sweep: async () => ({ events: 0, profiles: 0 }),
    },
    clock: () => now,
  })
  return async ({ event, visitor, sent, time }) => {
    if (visitor === undefined) return { left: 'no visitor' }
    const parsed = parseText(event)
    if (parsed === undefined) return { left: 'cut at 4 KB' }
    now = time
    const batch = {
      visitor,
      consent,
      events: [fixEvent(parsed, fixes)],
      ...(sent === undefined ? {} : { sent }),
    }
    const { accepted, rejected } = await collector.ingest(batch)
    const [again] = rejected
    if (again !== undefined) return { refused: again.reason }
    return { done: accepted > 0 ? 'accepted' : 'duplicates' }
  }
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
