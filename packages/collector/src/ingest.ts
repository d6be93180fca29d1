import { type Consent, isGranted, type Profile, parseVisitorId } from '@attune/core'
import { isBot } from './bot/is-bot.ts'
import { decideOne } from './decide-one.ts'
import { hearEvents } from './hear-events.ts'
import { type Judged, judgeEvents } from './judge-events.ts'
import { keepEvents } from './keep-events.ts'
import type { ProgramSign, Rejection } from './rejection.ts'
import type { Site } from './site.ts'

/** Events that come from elsewhere than a browser. */
export interface IngestBatch {
  /** 1 to 256 characters; used only with consent to `preferences`. */
  readonly visitor: string
  readonly consent: Consent
  /** Unknown values: each is read and judged like an event of a browser. */
  readonly events: readonly unknown[]
  /** When the sender's clock said it was sending, milliseconds; without it the events' times are taken as right. */
  readonly sent?: number
  readonly userAgent?: string
  /**
   * Whether events are believed that only servers may sign (`signed` in the ruleset). Default no: say it only of events whose sender you
   * have proof of, never of what a browser once sent.
   */
  readonly isTrusted?: boolean
  /** Who tells traits, of those that the ruleset names in `sources`. Default `server` when `isTrusted`, else `browser`. */
  readonly source?: string
  /**
   * Whether events of a visitor who has signed in since go to the account, or are refused as `moved`. Default yes; no where `consent` was found
   * by the visitor's id: what they answered later is known under the account.
   */
  readonly isFollowed?: boolean
}

/** What became of a batch: every event of it is counted in exactly one of the three. */
export interface IngestResult {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
  /** The visitor's profile after the batch; `null` when nothing was kept under the visitor's id. */
  readonly profile: Profile | null
}

/** Takes events in without HTTP. Rejects when the store does. */
export async function ingest(site: Site, batch: IngestBatch): Promise<IngestResult> {
  const parsed = parseVisitorId(batch.visitor)
  if (!parsed.ok) throw new TypeError(`[collector] ingest: ${parsed.problems[0]?.message}`)
  const { consent, sent, isFollowed } = batch
  const received = site.clock()
  const judged = judge(site, batch, received)
  if (site.watch !== undefined) hearEvents(site.watch, batch, judged, received)
  const visitor = isGranted(consent, 'preferences') ? parsed.value : undefined
  const question = { context: {}, consent, now: received, visitor }
  const decisionOf = (placement: string, before: Profile | null) =>
    decideOne(site, question, placement, before)
  const source = sourceOf(batch)
  const owner = {
    consent,
    visitor,
    isFollowed,
    sent,
    source: source === BROWSER ? undefined : source,
    pinOf: () => undefined,
    decisionOf,
  }
  const kept = await keepEvents(site, judged, owner, received)
  const { accepted, duplicates, rejected, profile } = kept
  return { accepted, duplicates, rejected, profile }
}

// A browser is the teller that needs no word.
const BROWSER = 'browser'

function sourceOf({ isTrusted = false, source = isTrusted ? 'server' : BROWSER }: IngestBatch): string {
  return source
}

/** Says what `ingest` would refuse of a batch, and does nothing else. */
export function tryOut(site: Site, batch: IngestBatch): readonly Rejection[] {
  return judge(site, batch, site.clock()).refused.map(({ rejection }) => rejection)
}

function judge({ asked }: Site, batch: IngestBatch, received: number): Judged {
  const { consent, sent, isTrusted = false } = batch
  const source = sourceOf(batch)
  const program: ProgramSign | undefined = isBot(batch.userAgent) ? 'user-agent' : undefined
  const sender = { consent, program, sent, received, isTrusted, source }
  return judgeEvents(batch.events, new Map(), sender, asked)
}
