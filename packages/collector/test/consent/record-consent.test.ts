import { encodeVisitor, parseConsent } from '@attune/core'
import type { ConsentLog } from '@attune/storage/consent'
import { createMemoryConsentLog } from '@attune/storage/consent'
import { expect, test } from 'vitest'
import { createConsentRecorder } from '../../src/index.ts'
import { notePeer } from '../../src/peer.ts'
import { createLimiter, type Limiter } from '../../src/quality.ts'
import { KEYS, makeStore, NOW, RULESET, SECRET, VISITOR } from '../builders.ts'

const ADDRESS = 'https://shop.example/attune/consent'
const SIGNED = `__Host-attune_visitor=${encodeVisitor(KEYS, 'site', VISITOR)}`

interface Parts {
  readonly method?: string
  readonly headers?: Record<string, string | undefined>
  readonly body?: unknown
  readonly cookie?: string
}

/** As a page of the site sends it, but for what a test names. */
function makeAnswer({
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

function makeRecorder(
  log: ConsentLog = createMemoryConsentLog(),
  secret: string | readonly string[] = SECRET,
  limiter?: Limiter,
) {
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

test('an answer becomes one row: who by a pseudonym, which text, when, how, where', async () => {
  const { recorder, log } = makeRecorder()
  const answer = await recorder.handle(makeAnswer({ headers: { 'cf-ipcountry': 'DE', 'sec-gpc': '0' } }))
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  const rows = await log.read()
  expect(rows).toEqual([
    {
      id: 1,
      pseudonym: recorder.pseudonyms(VISITOR)[0],
      time: NOW,
      granted: ['preferences', 'statistics'],
      text: '2026-11',
      by: 'accept',
      region: 'DE',
      globalPrivacyControl: false,
    },
  ])
  expect(rows[0]?.pseudonym).toMatch(/^[\w-]{22}$/)
  expect(JSON.stringify(rows)).not.toContain(VISITOR)
  await recorder.handle(makeAnswer({ headers: { 'cf-ipcountry': 'DE' } }))
  expect(await log.read()).toHaveLength(1)
})

test('what is granted is what the cookie says, under Global Privacy Control what is left of it, and never what the page claims', async () => {
  const { recorder, log } = makeRecorder()
  const body = { by: 'accept', text: 'a', granted: ['marketing'], pseudonym: 'somebody' }
  await recorder.handle(makeAnswer({ body, cookie: 'attune_consent=none' }))
  await recorder.handle(makeAnswer({ body, headers: { 'sec-gpc': '1' } }))
  await recorder.handle(
    makeAnswer({ body, headers: { 'sec-gpc': '1' }, cookie: `attune_consent=preferences.gpc; ${SIGNED}` }),
  )
  const rows = await log.read()
  expect(rows.map(({ granted, globalPrivacyControl }) => [granted, globalPrivacyControl])).toEqual([
    [[], false],
    [['statistics'], true],
    [['preferences'], true],
  ])
  for (const { granted } of rows) {
    expect(parseConsent(Object.fromEntries(granted.map((purpose) => [purpose, true]))).ok).toBe(true)
  }
})

test('who says yes becomes known with it, by the number that their profile will have', async () => {
  const { recorder, log } = makeRecorder()
  const answer = await recorder.handle(makeAnswer({ cookie: 'attune_consent=preferences' }))
  expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-attune_visitor=/)])
  expect((await log.read())[0]?.pseudonym).toMatch(/^[\w-]{22}$/)
})

test('who says no before they were known is known by nothing; who takes it back is known once more, and then forgotten', async () => {
  const { recorder, log } = makeRecorder()
  const no = await recorder.handle(makeAnswer({ cookie: 'attune_consent=none' }))
  expect(no.headers.getSetCookie()).toEqual([])
  const withdrawn = await recorder.handle(makeAnswer({ cookie: `attune_consent=none; ${SIGNED}` }))
  expect(withdrawn.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-attune_visitor=;.*Max-Age=0/),
  ])
  expect((await log.read()).map(({ pseudonym }) => pseudonym)).toEqual([
    null,
    recorder.pseudonyms(VISITOR)[0],
  ])
})

test('rows are found under the pseudonym of each live secret, the newest is written', async () => {
  const old = makeRecorder()
  await old.recorder.handle(makeAnswer())
  const newer = 'another secret of thirty-two characters'
  const { recorder } = makeRecorder(old.log, [newer, SECRET])
  const pseudonyms = recorder.pseudonyms(VISITOR)
  expect(pseudonyms).toHaveLength(2)
  expect(await old.log.read({ pseudonyms })).toHaveLength(1)
  await recorder.handle(makeAnswer())
  expect((await old.log.read({ pseudonyms })).map(({ pseudonym }) => pseudonym)).toEqual([
    pseudonyms[1],
    pseudonyms[0],
  ])
})

// Origin × Sec-Fetch-Site × content type × method: 4 × 4 × 3 × 3, of which one way of a browser of today keeps a row, and one of an older one.
const ORIGINS = ['https://shop.example', 'https://evil.example', 'null', undefined]
const SITES = ['same-origin', 'same-site', 'cross-site', undefined]
const TYPES = ['application/json', 'text/plain', 'application/x-www-form-urlencoded']
const METHODS = ['POST', 'GET', 'PUT']

test('only JSON that a page of the site itself posted keeps a row', async () => {
  const taken: string[] = []
  for (const origin of ORIGINS)
    for (const site of SITES)
      for (const type of TYPES)
        for (const method of METHODS) {
          const { recorder, log } = makeRecorder()
          const headers = { origin, 'sec-fetch-site': site, 'content-type': type }
          const { status } = await recorder.handle(makeAnswer({ method, headers }))
          const rows = await log.read()
          expect(rows.length).toBe(status === 204 ? 1 : 0)
          if (status === 204) taken.push(`${origin} ${site} ${type} ${method}`)
        }
  expect(taken).toEqual([
    'https://shop.example same-origin application/json POST',
    'https://shop.example undefined application/json POST',
  ])
})

test.each<[string, Parts, number]>([
  ['no JSON', { body: '{' }, 400],
  ['a list', { body: [] }, 400],
  ['without by', { body: { text: 'a' } }, 400],
  ['with a name for by', { body: { by: 'Anna Example' } }, 400],
  ['with an address for text', { body: { by: 'accept', text: 'anna@example.org' } }, 400],
  ['with a member that stands twice', { body: '{"by":"accept","by":"refuse"}' }, 400],
  ['of 70,000 bytes', { body: { by: 'accept', more: 'x'.repeat(70_000) } }, 413],
  ['of 3,000 bytes', { body: { by: 'accept', more: 'x'.repeat(3_000) } }, 400],
  ['of nobody who was asked', { cookie: SIGNED }, 400],
  ['of two cookies', { cookie: 'attune_consent=preferences; attune_consent=none' }, 400],
  ['that is compressed', { headers: { 'content-encoding': 'gzip' } }, 415],
])('an answer %s keeps no row', async (_name, parts, status) => {
  const { recorder, log } = makeRecorder()
  const answer = await recorder.handle(makeAnswer(parts))
  expect([answer.status, await log.read()]).toEqual([status, []])
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('a log that fails is told, and the page hears that nothing was kept', async () => {
  const broken: ConsentLog = {
    ...createMemoryConsentLog(),
    append: () => Promise.reject(new Error('disk full')),
  }
  const { recorder, errors } = makeRecorder(broken)
  const answer = await recorder.handle(makeAnswer())
  expect([answer.status, answer.headers.get('retry-after'), errors]).toEqual([
    503,
    '5',
    [new Error('disk full')],
  ])
})

test('one answer too many of an address block is a 429 before its body is read, and no row', async () => {
  const limiter = createLimiter({ clock: () => 0, address: { perSecond: 1, burst: 2 } })
  const { recorder, log } = makeRecorder(undefined, undefined, limiter)
  const requests = Array.from({ length: 4 }, (_, at) => {
    const request = makeAnswer({ cookie: 'attune_consent=none' })
    notePeer(request, `198.51.100.${at}`)
    return request
  })
  const answers = await Promise.all(requests.map((request) => recorder.handle(request)))
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 429, 429])
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(requests[3]?.bodyUsed).toBe(false)
  expect(await log.read()).toHaveLength(2)
})
