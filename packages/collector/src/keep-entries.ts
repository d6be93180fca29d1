import { isGranted, PURPOSES } from '@attune/core'
import type { Entry, TakenEntry } from './formats/entry.ts'
import type { IngestBatch, IngestResult } from './ingest.ts'

/** What became of messages: every one is counted in exactly one of the three. */
export interface Outcome {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly { readonly index: number; readonly reason: string; readonly message: string }[]
}

interface Placed {
  readonly index: number
  readonly entry: TakenEntry
}

/** Takes the events of one visitor. */
type Take = (batch: IngestBatch) => Promise<Omit<IngestResult, 'profile'>>

/** Has messages that were read taken, those of one visitor together; what was no event is told with its place. */
export async function keepEntries(take: Take, entries: readonly Entry[]): Promise<Outcome> {
  let [accepted, duplicates] = [0, 0]
  const rejected = entries.flatMap((entry, index) =>
    'reason' in entry ? [{ index, reason: entry.reason, message: entry.message }] : [],
  )
  for (const group of groupsOf(entries)) {
    const { visitor, consent, sent, userAgent } = group[0]!.entry
    const result = await take({
      visitor,
      consent,
      events: group.map(({ entry }) => entry.event),
      // A key is no signature.
      isTrusted: false,
      isFollowed: false,
      ...(sent === undefined ? {} : { sent }),
      ...(userAgent === undefined ? {} : { userAgent }),
    })
    accepted += result.accepted
    duplicates += result.duplicates
    for (const { index, reason, message } of result.rejected)
      rejected.push({ index: group[index]!.index, reason, message })
  }
  return { accepted, duplicates, rejected: rejected.sort((a, b) => a.index - b.index) }
}

// Events may be kept together that are of one visitor and judged alike.
function groupsOf(entries: readonly Entry[]): Iterable<readonly Placed[]> {
  const groups = new Map<string, Placed[]>()
  entries.forEach((entry, index) => {
    if ('reason' in entry) return
    const { visitor, consent, sent, userAgent } = entry
    const granted = PURPOSES.filter((purpose) => isGranted(consent, purpose))
    const key = JSON.stringify([visitor, granted, sent, userAgent])
    groups.set(key, [...(groups.get(key) ?? []), { index, entry }])
  })
  return groups.values()
}
