import type { Consent } from '@attune/core'
import { SEGMENT_CALLS, SELF_DESCRIBING, type SegmentCall } from '@attune/core/formats'
import { readJson } from '@attune/core/json'
import { MAX_BODY_BYTES, readBody } from './batch/read-body.ts'
import { readPeer } from './check-options.ts'
import type { Collector } from './collect.ts'
import type { Entry, TakenEntry } from './formats/entry.ts'
import { basicName, isKey } from './formats/is-key.ts'
import { readGa4Body } from './formats/read-ga4-body.ts'
import { readSegmentBody } from './formats/read-segment-body.ts'
import { validationMessages } from './formats/validation-messages.ts'
import { keepEntries, type Outcome } from './keep-entries.ts'
import type { Limited, Limiter } from './limit/create-limiter.ts'
import { limitRequest } from './limit-request.ts'

/** Who may send what, in other tools' formats. A format without a key is not heard. */
export interface FormatsOptions {
  /** Takes the events. */
  readonly collector: Pick<Collector, 'ingest' | 'tryOut'>
  /** Write keys of Segment's HTTP API: secrets of your servers, 16 characters at least. */
  readonly writeKeys?: readonly string[]
  /** GA4's Measurement Protocol: measurement id → its secret, 16 characters at least. */
  readonly apiSecrets?: { readonly [measurementId: string]: string }
  /**
   * What a visitor granted. Of purposes that are missing in `said` the message says nothing: GA4 has a word for `marketing` alone. Default: what the
   * message says, and nothing else.
   */
  readonly consent?: (visitor: string, said: Consent) => Consent | Promise<Consent>
  /** The visitor that stands for your own user, `createAccounts(secret, site).of(userId)[0]`. Default: a user's id is taken for a visitor's. */
  readonly account?: ((userId: string) => string) | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** Lets through only so many requests of a key, and of an address that gives no right one: `createLimiter`. Default: all. */
  readonly limiter?: Limiter | undefined
  /** As `createCollector` takes it: the request header that says whose connection it was. Default none. */
  readonly peer?: string | undefined
  /** Makes the id of an event that brings none. Default `crypto.randomUUID`. */
  readonly createId?: () => string
  /** Hears what went wrong. Default: `console.error`. */
  readonly onError?: (error: unknown, step: string) => void
}

/** Hears other tools' formats. */
export interface Formats {
  /**
   * Answers `POST …/v1/{track,page,screen,identify,group,alias,batch}`, `…/mp/collect` and `…/debug/mp/collect`; the paths of Snowplow's collector are
   * refused with the reason. Never rejects; 2xx says that every accepted event is durable.
   */
  handle(request: Request): Promise<Response>
}

type Hearing = Required<Omit<FormatsOptions, 'account' | 'limiter' | 'peer'>> &
  Pick<FormatsOptions, 'account' | 'limiter' | 'peer'>

const SEGMENT = /\/v1\/(\w+)$/
const GA4 = /\/(debug\/)?mp\/collect$/
const SNOWPLOW = /\/(?:com\.snowplowanalytics\.[\w.]+\/tp\d|i)$/

/**
 * Creates what hears them.
 * @throws when a key is short.
 */
export function createFormats(options: FormatsOptions): Formats {
  const { writeKeys = [], apiSecrets = {} } = options
  if ([...writeKeys, ...Object.values(apiSecrets)].some((key) => key.length < 16)) {
    throw new Error('[collector] createFormats: a key has fewer than 16 characters. Make a longer one.')
  }
  const hearing: Hearing = {
    collector: options.collector,
    writeKeys,
    apiSecrets,
    consent: options.consent ?? ((_, said) => said),
    clock: options.clock ?? Date.now,
    account: options.account,
    limiter: options.limiter,
    peer: readPeer(options.peer),
    createId: options.createId ?? (() => crypto.randomUUID()),
    onError: options.onError ?? ((error, step) => console.error(`[collector] ${step}:`, error)),
  }
  return {
    handle: async (request) => {
      try {
        return await hear(hearing, request)
      } catch (error) {
        hearing.onError(error, 'formats')
        return say(503, { error: 'store', message: 'The events could not be kept. Send them again later.' }, [
          ['retry-after', '5'],
        ])
      }
    },
  }
}

async function hear(hearing: Hearing, request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (SNOWPLOW.test(url.pathname)) return say(400, { error: SELF_DESCRIBING.reason, ...SELF_DESCRIBING })
  const [, call] = SEGMENT.exec(url.pathname) ?? []
  const ga4 = GA4.exec(url.pathname)
  if (ga4 === null && !isCall(call)) return say(404, NOT_FOUND)
  if (request.method !== 'POST') return say(405, METHOD, [['allow', 'POST']])
  const given = basicName(request.headers.get('authorization'))
  const isOpen = isCall(call) ? isKey(given, hearing.writeKeys) : isApiSecret(hearing, url.searchParams)
  const key = (await isOpen) ? (isCall(call) ? given : idOf(url.searchParams)) : undefined
  const limited = limitKey(hearing, request, key)
  if (limited !== undefined) return say(429, TOO_MANY, [['retry-after', `${limited.retryAfter}`]])
  if (key === undefined) return say(401, NO_KEY, isCall(call) ? [['www-authenticate', 'Basic']] : [])
  if (request.headers.has('content-encoding')) return say(415, ENCODED)
  const body = await readBody(request)
  if ('refusal' in body) return say(body.refusal.status, body.refusal)
  const json = readJson(body.text, MAX_BODY_BYTES)
  if (!json.ok)
    return say(400, { ...MALFORMED, message: `${json.problems[0]?.path}: ${json.problems[0]?.message}` })
  const outside = { now: hearing.clock(), createId: hearing.createId, account: hearing.account }
  const entries = isCall(call) ? readSegmentBody(json.value, call, outside) : readGa4Body(json.value, outside)
  if (ga4?.[1] !== undefined) return say(200, await validate(hearing, entries))
  if (typeof entries === 'string') return say(400, { ...MALFORMED, message: entries })
  const outcome = await keepEntries(hearing.collector.ingest, await grant(hearing, entries))
  return ga4 === null ? say(200, { success: true, ...outcome }) : answerGa4(outcome)
}

// The protocol's senders read nothing but the status, so what was refused is told in headers.
function answerGa4({ accepted, duplicates, rejected }: Outcome): Response {
  const reasons = [...new Set(rejected.map(({ reason }) => reason))].join(' ')
  const told = {
    'attune-accepted': `${accepted + duplicates}`,
    'attune-rejected': `${rejected.length} ${reasons}`.trim(),
  }
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store', ...told } })
}

// What became of it is said as if it had been taken; nothing is.
async function validate(hearing: Hearing, entries: readonly Entry[] | string): Promise<object> {
  if (typeof entries === 'string') return validationMessages([{ reason: MALFORMED.error, message: entries }])
  const { tryOut } = hearing.collector
  const tried = await keepEntries(
    async (batch) => ({ accepted: 0, duplicates: 0, rejected: tryOut(batch) }),
    await grant(hearing, entries),
  )
  return validationMessages(tried.rejected)
}

async function grant({ consent }: Hearing, entries: readonly Entry[]): Promise<readonly Entry[]> {
  // Most events of a batch are of few visitors and say the same: each is asked about once.
  const asked = new Map<string, Promise<Consent>>()
  const ask = async (visitor: string, said: Consent): Promise<Consent> => consent(visitor, said)
  const granted = async (entry: TakenEntry): Promise<Entry> => {
    const question = JSON.stringify([entry.visitor, entry.consent])
    const answer = asked.get(question) ?? ask(entry.visitor, entry.consent)
    asked.set(question, answer)
    return { ...entry, consent: await answer }
  }
  return Promise.all(entries.map((entry) => ('reason' in entry ? entry : granted(entry))))
}

// Who has a key is counted by it alone: a server may send for a whole town. Who has none is somebody who guesses.
function limitKey(
  { limiter, peer }: Hearing,
  request: Request,
  key: string | undefined,
): Limited | undefined {
  return key === undefined ? limitRequest({ limiter, peer }, request, undefined) : limiter?.take({ key })
}

function idOf(query: URLSearchParams): string {
  return query.get('measurement_id') ?? query.get('firebase_app_id') ?? ''
}

async function isApiSecret({ apiSecrets }: Hearing, query: URLSearchParams): Promise<boolean> {
  const id = idOf(query)
  const secret = Object.hasOwn(apiSecrets, id) ? apiSecrets[id] : undefined
  return isKey(query.get('api_secret') ?? '', secret === undefined ? [] : [secret])
}

function isCall(text: string | undefined): text is SegmentCall | 'batch' {
  return text === 'batch' || SEGMENT_CALLS.some((call) => call === text)
}

const NOT_FOUND = {
  error: 'not-found',
  message: 'No format is heard here. Send to /v1/batch or /mp/collect.',
}
const METHOD = { error: 'method', message: 'Events are sent with POST.' }
const NO_KEY = { error: 'key', message: 'The key is not one of this collector’s. Look at its options.' }
const TOO_MANY = { error: 'rate', message: 'Too many requests come with this key. Send it again later.' }
const ENCODED = { error: 'content-encoding', message: 'The body is compressed. Send it plain.' }
const MALFORMED = { error: 'malformed-batch' }

function say(status: number, body: object, headers: readonly [string, string][] = []): Response {
  return Response.json(body, { status, headers: [['cache-control', 'no-store'], ...headers] })
}
