import { encodeVisitor } from '@attune/core'
import { createMemoryConsentLog } from '@attune/storage/consent'
import { expect, test } from 'vitest'
import { createAnswerLimits, createConsentRecorder } from '../../src/index.ts'
import { notePeer } from '../../src/peer.ts'
import { createLimiter } from '../../src/quality.ts'
import { KEYS, makeStore, RULESET, SECRET } from '../builders.ts'
import { makeAnswer, makeRecorder, SIGNED } from './make-answer.ts'

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

/** Answers of a recorder without a limiter whose clock stands still, all at once. */
async function answersOf(requests: readonly Request[]) {
  const log = createMemoryConsentLog()
  const recorder = createConsentRecorder({
    ruleset: RULESET,
    secret: SECRET,
    store: makeStore(),
    log,
    onError: () => {},
    answerLimits: createAnswerLimits({ clock: () => 0 }),
  })
  const answers: Response[] = []
  for (const request of requests) answers.push(await recorder.handle(request))
  return { answers, rows: await log.read() }
}

test('strangers add rows no faster than people would, whatever the limits of events are', async () => {
  const strangers = Array.from({ length: 2_003 }, (_, at) =>
    makeAnswer({ cookie: at % 2 === 0 ? 'attune_consent=none' : 'attune_consent=preferences' }),
  )
  const { answers, rows } = await answersOf([...strangers, makeAnswer()])
  expect(answers.slice(1_999).map(({ status }) => status)).toEqual([204, 429, 429, 429, 204])
  expect(Number(answers[2_000]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(rows).toHaveLength(1_000)
})

test('one visitor adds so many rows at once, and takes back what they said also without a further one', async () => {
  const changes = Array.from({ length: 22 }, (_, at) =>
    makeAnswer({ cookie: `attune_consent=preferences${at % 2 === 0 ? '.statistics' : ''}; ${SIGNED}` }),
  )
  const withdrawal = makeAnswer({ cookie: `attune_consent=none; ${SIGNED}` })
  const { answers, rows } = await answersOf([...changes, withdrawal])
  expect(answers.slice(19).map(({ status }) => status)).toEqual([204, 429, 429, 429])
  expect(answers.slice(20, 22).flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
  expect(answers[22]?.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-attune_visitor=;.*Max-Age=0/),
  ])
  expect(rows).toHaveLength(20)
})

/** Visitors who are known, each by a cookie of their own. */
function makeKnown(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const visitor = `${at}`.padStart(22, 'A')
    return `__Host-attune_visitor=${encodeVisitor(KEYS, 'site', visitor)}`
  })
}

test('however many known visitors take back what they said, each of them is kept', async () => {
  const withdrawals = makeKnown(2_100).map((cookie) =>
    makeAnswer({ cookie: `attune_consent=none; ${cookie}` }),
  )
  const { answers, rows } = await answersOf(withdrawals)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
  expect(new Set(rows.map(({ pseudonym }) => pseudonym)).size).toBe(1_000)
})

test('of an address block that may send no more, withdrawals are kept, also of one purpose, and the first of the others is told', async () => {
  const [cookie = ''] = makeKnown(1)
  const limiter = createLimiter({ clock: () => 0, address: { perSecond: 1, burst: 1 } })
  const { recorder, log, errors } = makeRecorder(undefined, undefined, limiter)
  const answerOf = async (consent: string) => {
    const request = makeAnswer({ cookie: `attune_consent=${consent}; ${cookie}` })
    notePeer(request, '198.51.100.7')
    return (await recorder.handle(request)).status
  }
  const statuses: number[] = []
  for (const consent of [
    'preferences.marketing',
    'preferences',
    'preferences.marketing',
    'statistics',
    'none',
  ])
    statuses.push(await answerOf(consent))
  statuses.push(await answerOf('preferences'))
  expect(statuses).toEqual([204, 204, 429, 204, 204, 429])
  const rows = await log.read()
  expect(rows.map(({ granted }) => granted)).toEqual([
    ['marketing', 'preferences'],
    ['preferences'],
    ['statistics'],
    [],
  ])
  expect(errors.map(String)).toEqual([expect.stringContaining('More answers come than are kept')])
})

test('yeses of known visitors are bounded by the address they come from', async () => {
  const limiter = createLimiter({ clock: () => 0 })
  const log = createMemoryConsentLog()
  const recorder = createConsentRecorder({
    ruleset: RULESET,
    secret: SECRET,
    store: makeStore(),
    log,
    limiter,
    onError: () => {},
    answerLimits: createAnswerLimits({ clock: () => 0 }),
  })
  const statuses: number[] = []
  for (const cookie of makeKnown(102)) {
    const request = makeAnswer({ cookie: `attune_consent=preferences; ${cookie}` })
    notePeer(request, '198.51.100.7')
    statuses.push((await recorder.handle(request)).status)
  }
  expect(statuses.slice(99)).toEqual([204, 429, 429])
})
