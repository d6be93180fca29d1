import { parseConsent } from '@attune/core'
import type { ConsentLog } from '@attune/storage/consent'
import { AnswerNotToldError, createMemoryConsentLog } from '@attune/storage/consent'
import { expect, test } from 'vitest'
import { NOW, SECRET, VISITOR } from '../builders.ts'
import { makeAnswer, makeRecorder, type Parts, SIGNED } from './make-answer.ts'

test('where a row is kept and other machines cannot be told, the cookies agree with the row', async () => {
  const own = createMemoryConsentLog()
  const append: ConsentLog['append'] = async (change) => {
    await own.append(change)
    throw new AnswerNotToldError('away')
  }
  const { recorder, errors } = makeRecorder({ ...own, append })
  const first = await recorder.handle(makeAnswer({ cookie: 'attune_consent=preferences' }))
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '5'])
  const given = /^__Host-attune_visitor=[^;]+/.exec(first.headers.getSetCookie().join())![0]
  await recorder.handle(makeAnswer({ cookie: `attune_consent=preferences; ${given}` }))
  const [row, again] = await own.read()
  expect([row?.pseudonym, again]).toEqual([expect.stringMatching(/./), undefined])
  const withdrawn = await recorder.handle(makeAnswer({ cookie: `attune_consent=none; ${given}` }))
  expect(withdrawn.status).toBe(503)
  expect(withdrawn.headers.getSetCookie()).toContainEqual(
    expect.stringMatching(/^__Host-attune_visitor=;.*Max-Age=0/),
  )
  expect(errors).toHaveLength(3)
})

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
