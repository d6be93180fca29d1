import { encodeVisitor } from '@attune/core'
import { type ConsentLog, createMemoryConsentLog } from '@attune/storage/consent'
import { type ConsentRecorder, createConsentRecorder } from '../../src/index.ts'
import type { Limiter } from '../../src/quality.ts'
import { KEYS, makeStore, NOW, RULESET, SECRET, VISITOR } from '../builders.ts'

const ADDRESS = 'https://shop.example/attune/consent'
/** The cookie of a visitor who is known. */
export const SIGNED: string = `__Host-attune_visitor=${encodeVisitor(KEYS, 'site', VISITOR)}`

/** What a test names of an answer. */
export interface Parts {
  readonly method?: string
  readonly headers?: Record<string, string | undefined>
  readonly body?: unknown
  readonly cookie?: string
}

/** As a page of the site sends it, but for what a test names. */
export function makeAnswer({
  method = 'POST',
  headers = {},
  body = { by: 'accept', text: '2026-11' },
  cookie,
}: Parts = {}): Request {
  const sent: Record<string, string | undefined> = {
    host: 'shop.example',
    origin: 'https://shop.example',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: cookie ?? `attune_consent=preferences.statistics; ${SIGNED}`,
    ...headers,
  }
  const given = Object.entries(sent).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  )
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(ADDRESS, { method, headers: given, ...(method === 'POST' ? { body: text } : {}) })
}

/** A recorder and what came of it. */
export interface MadeRecorder {
  readonly recorder: ConsentRecorder
  readonly log: ConsentLog
  readonly errors: readonly unknown[]
}

/** A recorder whose visitors are in France unless a header says otherwise, with its log and what went wrong. */
export function makeRecorder(
  log: ConsentLog = createMemoryConsentLog(),
  secret: string | readonly string[] = SECRET,
  limiter?: Limiter,
): MadeRecorder {
  const errors: unknown[] = []
  const recorder = createConsentRecorder({
    ruleset: RULESET,
    secret,
    store: makeStore(),
    clock: () => NOW,
    randomBytes: (count) => new Uint8Array(count).fill(7),
    onError: (error) => errors.push(error),
    context: (request) => ({ geo: { country: request.headers.get('cf-ipcountry') ?? 'FR' } }),
    log,
    limiter,
  })
  return { recorder, log, errors }
}
