import { liveSecrets } from '@attune/core'
import { answerBatch, answerLater, answerRefusal } from './answer.ts'
import { readBody } from './batch/read-body.ts'
import type { RequestRefusal } from './batch/refuse-request.ts'
import type { Collector } from './collect.ts'
import { type PlainAnswer, toResponse } from './plain-answer.ts'
import { createReplayGuard, type ReplayGuard } from './server-events/create-replay-guard.ts'
import { parseServerBatch } from './server-events/parse-server-batch.ts'
import { FRESH_SECONDS, readSignature, SIGNATURE_HEADER } from './server-events/signature.ts'

/** How signed events of servers are heard. */
export interface ServerEventsOptions {
  /** Takes the events. */
  readonly collector: Pick<Collector, 'ingest'>
  /** The secret of the servers, for nothing but this: at least 32 characters; of several the newest stands first. */
  readonly secret: string | readonly string[]
  /** The collector's `site`. Default `site`. */
  readonly site?: string
  /** Takes each signature once. Default: in memory, which is right for one process. */
  readonly replays?: ReplayGuard
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** Hears what went wrong. Default: `console.error`. */
  readonly onError?: (error: unknown, step: string) => void
}

/** Hears events of servers, and so those that browsers may not send. */
export interface ServerEvents {
  /** Answers `POST …/server-events`. Never rejects; 2xx says that every accepted event is durable. */
  handle(request: Request): Promise<Response>
}

interface Receiver extends Required<Omit<ServerEventsOptions, 'secret'>> {
  readonly secrets: readonly string[]
}

/**
 * Creates what hears them.
 * @throws when the secret is missing or short.
 */
export function createServerEvents(options: ServerEventsOptions): ServerEvents {
  const secrets = liveSecrets(options.secret ?? [])
  if (secrets.length === 0 || secrets.some((secret) => secret.length < 32)) {
    throw new Error(
      '[collector] createServerEvents: `secret` is missing or has fewer than 32 characters. Make one for your servers alone.',
    )
  }
  const receiver: Receiver = {
    collector: options.collector,
    secrets,
    site: options.site ?? 'site',
    replays: options.replays ?? createReplayGuard(),
    clock: options.clock ?? Date.now,
    onError: options.onError ?? ((error, step) => console.error(`[collector] ${step}:`, error)),
  }
  return {
    handle: async (request) => {
      try {
        return toResponse(await receive(receiver, request))
      } catch (error) {
        receiver.onError(error, 'server-events')
        return toResponse(answerLater(1))
      }
    },
  }
}

async function receive(receiver: Receiver, request: Request): Promise<PlainAnswer> {
  if (request.method !== 'POST') return answerRefusal(METHOD)
  const body = await readBody(request)
  if ('refusal' in body) return answerRefusal(body.refusal)
  const signature = await readSignature(body.text, request.headers.get(SIGNATURE_HEADER), receiver)
  if (signature === undefined) return answerRefusal(UNSIGNED)
  const now = receiver.clock()
  if (Math.abs(signature.unix - now / 1000) > FRESH_SECONDS) return answerRefusal(STALE)
  // Only who knows the secret comes here, so nobody else fills the memory.
  const claim = await receiver.replays.claim(signature.nonce, now)
  if (claim === 'seen') return answerRefusal(REPLAYED)
  if (claim === 'full') return answerLater(60)
  const batch = parseServerBatch(body.text)
  if (typeof batch === 'string') return answerRefusal({ ...MALFORMED, message: batch })
  const { accepted, duplicates, rejected } = await receiver.collector.ingest({ ...batch, isTrusted: true })
  return answerBatch({ accepted, duplicates, rejected }, [])
}

const METHOD: RequestRefusal = { status: 405, error: 'method', message: 'Events are sent with POST.' }
const UNSIGNED: RequestRefusal = {
  status: 403,
  error: 'signature',
  message: 'The batch is not signed with this site’s server secret. Send it with @attune/collector/server.',
}
const STALE: RequestRefusal = {
  status: 403,
  error: 'stale',
  message: 'The batch was signed more than 5 minutes ago or ahead. Set the clock and sign it anew.',
}
const REPLAYED: RequestRefusal = {
  status: 403,
  error: 'replayed',
  message: 'This signature was used before. Sign each try anew.',
}
const MALFORMED: RequestRefusal = { status: 400, error: 'malformed-batch', message: '' }
