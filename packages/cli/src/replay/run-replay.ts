import type { CompiledRuleset, Consent } from '@attune/core'
import type { ProfileStore } from '@attune/storage'
import type { Progress } from '../terminal/progress.ts'
import { watchStore } from './accepted-tally.ts'
import { buildReport, type ReplayReport } from './build-report.ts'
import type { Input } from './open-input.ts'
import type { ReplaySource } from './replay-event.ts'
import { measureSegments } from './segment-sizes.ts'
import { createBatchSender } from './send-batches.ts'
import { sendToCollector } from './send-to-collector.ts'

/** What is replayed, and into what. */
export interface Replay {
  readonly file: string
  readonly input: Pick<Input, 'bytesRead'>
  readonly source: ReplaySource
  readonly compiled: CompiledRuleset
  readonly store: ProfileStore
  readonly consent: Consent
  readonly secret: string
}

/** Sends a whole source through the collector, then sizes the segments at the time of the newest event. */
export async function runReplay(
  { file, input, source, compiled, store: target, consent, secret }: Replay,
  { now, progress }: { readonly now: () => number; readonly progress: Progress },
): Promise<ReplayReport> {
  const begun = now()
  const { store, accepted } = watchStore(target)
  const { ruleset } = compiled
  const sender = createBatchSender(sendToCollector({ ruleset, secret, store, consent }))
  for await (const events of source.read()) {
    await sender.add(events)
    progress.update(input.bytesRead(), sender.tally().sent)
  }
  await sender.finish()
  const took = now() - begun
  const newest = accepted.newest()
  const segments =
    newest === undefined
      ? []
      : await measureSegments(compiled, accepted.sessions.visitors(), { store, consent, now: newest })
  return buildReport({
    file,
    ruleset: ruleset.revision,
    source,
    sent: sender.tally(),
    accepted,
    segments,
    took,
  })
}
