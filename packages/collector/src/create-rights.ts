import { liveSecrets } from '@attune/core'
import type { AuditedAct } from './audited-act.ts'
import { readBody } from './batch/read-body.ts'
import { parseQuestion } from './rights/parse-question.ts'
import { createReplayGuard, type ReplayGuard } from './server-events/create-replay-guard.ts'
import { FRESH_SECONDS, readSignature, SIGNATURE_HEADER } from './server-events/signature.ts'
import { eraseVisitorData, exportVisitorData, type VisitorDataSource } from './visitor-data.ts'

/** How somebody else than the visitor asks for what is kept of them, or has it erased. */
export interface RightsOptions extends VisitorDataSource {
  /** The secret that servers sign with: at least 32 characters; of several the newest first. Default: no server is heard. */
  readonly serverSecret?: string | readonly string[] | undefined
  /** The collector's `site`. Default `site`. */
  readonly site?: string | undefined
  /** Writes down who asked, before it is done. */
  readonly writeDown: AuditedAct
  /** Takes each signature once. Default: in memory, which is right for one process. */
  readonly replays?: ReplayGuard | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Hears what went wrong. Default: `console.error`. */
  readonly onError?: ((error: unknown, step: string) => void) | undefined
}

/** Who asks, where a role was asked for. */
export interface RightsCaller {
  readonly name: string
  readonly role: string
}

/**
 * Answers `POST` with `{ "visitor": "<id>" }`. Without a caller, whose role somebody looked at, the request must be signed by a server. Never
 * rejects.
 */
export type AskRights = (request: Request, caller?: RightsCaller) => Promise<Response>

/** The two things that may be asked. */
export interface Rights {
  /** 200 with all that is kept as JSON, 404 when that is nothing. */
  readonly export: AskRights
  /** 200 with a receipt, which holds nothing of the visitor. */
  readonly erase: AskRights
}

type Asked = 'export' | 'erase'

interface Answering extends VisitorDataSource {
  readonly secrets: readonly string[]
  readonly site: string
  readonly writeDown: AuditedAct
  readonly replays: ReplayGuard
  readonly clock: () => number
}

/**
 * Creates what answers them.
 * @throws when the secret is short.
 */
export function createRights(options: RightsOptions): Rights {
  const { serverSecret = [], onError = (error, step) => console.error(`[collector] ${step}:`, error) } =
    options
  const secrets = liveSecrets(serverSecret)
  if (secrets.some((secret) => secret.length < 32))
    throw new Error(
      '[collector] createRights: `serverSecret` has fewer than 32 characters. Make a longer one.',
    )
  const answering: Answering = {
    ...options,
    secrets,
    site: options.site ?? 'site',
    replays: options.replays ?? createReplayGuard(),
    clock: options.clock ?? Date.now,
  }
  const ask =
    (asked: Asked): AskRights =>
    async (request, caller) => {
      try {
        return await answer(answering, asked, request, caller)
      } catch (error) {
        onError(error, `rights-${asked}`)
        return say(503, { error: 'trouble', message: 'It cannot be done now. Ask again later.' }, [
          ['retry-after', '5'],
        ])
      }
    }
  return { export: ask('export'), erase: ask('erase') }
}

async function answer(
  answering: Answering,
  asked: Asked,
  request: Request,
  caller: RightsCaller | undefined,
): Promise<Response> {
  if (request.method !== 'POST') return say(405, METHOD, [['allow', 'POST']])
  const body = await readBody(request)
  if ('refusal' in body) return say(body.refusal.status, body.refusal)
  if (caller === undefined) {
    const refusal = await refuseUnsigned(answering, asked, request, body.text)
    if (refusal !== undefined) return refusal
  }
  const visitor = parseQuestion(body.text)
  if (visitor === undefined) return say(400, MALFORMED)
  const who = caller === undefined ? { actor: 'server' } : { actor: caller.name, role: caller.role }
  const now = answering.clock()
  if (asked === 'erase') {
    const receipt = await answering.writeDown(
      { action: 'profile.erase', subject: visitor, ...who },
      async () => {
        const value = await eraseVisitorData(answering, visitor, now)
        const { profiles, events, rejected, queued } = value
        return { value, counts: { profiles, events, rejected, queued } }
      },
    )
    return say(200, receipt)
  }
  const document = await answering.writeDown(
    { action: 'profile.export', subject: visitor, ...who },
    async () => {
      const value = await exportVisitorData(answering, visitor, now)
      return { value, counts: { events: value?.events.length ?? 0, rejected: value?.rejected.length ?? 0 } }
    },
  )
  return document === null ? say(404, NOBODY) : say(200, document)
}

async function refuseUnsigned(
  { secrets, site, replays, clock }: Answering,
  asked: Asked,
  request: Request,
  text: string,
): Promise<Response | undefined> {
  const kind = `rights-${asked}` as const
  const signature = await readSignature(text, request.headers.get(SIGNATURE_HEADER), { secrets, site, kind })
  if (signature === undefined) return say(403, UNSIGNED)
  const now = clock()
  if (Math.abs(signature.unix - now / 1000) > FRESH_SECONDS) return say(403, STALE)
  const claim = await replays.claim(signature.nonce, now)
  if (claim === 'seen') return say(403, REPLAYED)
  return claim === 'full' ? say(503, FULL, [['retry-after', '60']]) : undefined
}

const METHOD = { error: 'method', message: 'This is asked with POST.' }
const MALFORMED = {
  error: 'malformed',
  message: 'Name the visitor, and nothing else: { "visitor": "<id>" }.',
}
const NOBODY = { error: 'unknown-visitor', message: 'Nothing is kept of this visitor.' }
const FULL = { error: 'busy', message: 'Too much is asked at once. Ask again later.' }
const UNSIGNED = {
  error: 'signature',
  message: 'This is not signed with this site’s server secret. Send it with @attune/collector/server.',
}
const STALE = { error: 'stale', message: 'This was signed more than 5 minutes ago or ahead. Set the clock.' }
const REPLAYED = { error: 'replayed', message: 'This signature was used before. Sign each try anew.' }

function say(status: number, body: object, headers: readonly [string, string][] = []): Response {
  return Response.json(body, { status, headers: [['cache-control', 'private, no-store'], ...headers] })
}
