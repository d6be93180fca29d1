import { expect, test } from 'vitest'
import { evaluate } from '../src/commands/evaluate.ts'
import type { Io, Output } from '../src/io.ts'
import { main } from '../src/main.ts'
import { chunksOf, makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const HOUR = 3_600_000

function makeCase(changes: object = {}): object {
  const view = (id: string, ago: number) => ({
    id,
    name: 'view_item',
    time: NOW - ago,
    properties: { item_id: id },
  })
  return {
    ruleset: makeRuleset(),
    events: [view('a', 3 * HOUR), view('b', 2 * HOUR), view('c', HOUR)],
    traits: {},
    context: {},
    consent: { preferences: true },
    visitor: 'v1',
    now: NOW,
    ...changes,
  }
}

async function answersTo(input: string | readonly Uint8Array[]): Promise<readonly unknown[]> {
  const { io, out } = makeIo({ stdin: input })
  expect(await main(['evaluate'], [evaluate], io, '1')).toBe(0)
  return out()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

async function answerTo(changes: object): Promise<unknown> {
  const [answer] = await answersTo(JSON.stringify(makeCase(changes)))
  return answer
}

test('a case is answered with segments, decisions and the profile', async () => {
  expect(await answerTo({})).toEqual({
    segments: { keen: { match: true, until: NOW - 3 * HOUR + 7 * 24 * HOUR } },
    decisions: {
      hero: {
        variant: 'offer',
        experience: 'offer',
        reason: 'TARGETING_MATCH',
        until: NOW - 3 * HOUR + 7 * 24 * HOUR,
      },
    },
    profile: expect.objectContaining({ version: 1, firstSeen: (NOW - 3 * HOUR) / 1000, traits: {} }),
  })
})

test('a baseline has no experience', async () => {
  const answer = await answerTo({ events: [] })
  expect(answer).toMatchObject({
    segments: { keen: { match: false, until: null } },
    decisions: { hero: { variant: 'plain', experience: null, reason: 'DEFAULT' } },
  })
})

test('only ruleset, now and, with consent, visitor are needed', async () => {
  const [answer] = await answersTo(JSON.stringify({ ruleset: makeRuleset(), now: NOW }))
  expect(answer).toMatchObject({
    segments: { keen: { match: null } },
    decisions: { hero: { reason: 'CONSENT_DENIED' } },
    profile: { firstSeen: null },
  })
})

test('an event later than now does not exist', async () => {
  const events = [
    { id: 'a', name: 'view_item', time: NOW + 999 },
    { id: 'b', name: 'view_item', time: NOW + 1000 },
  ]
  expect(await answerTo({ events })).toMatchObject({ profile: { last: { id: 'a' } } })
})

test('of a repeated id the first one that exists stays', async () => {
  const events = [
    { id: 'x', name: 'purchase', time: NOW + HOUR },
    { id: 'x', name: 'view_item', time: NOW - HOUR },
    { id: 'x', name: 'purchase', time: NOW - 2 * HOUR },
  ]
  expect(await answerTo({ events })).toMatchObject({
    profile: { firstSeen: (NOW - HOUR) / 1000, last: { seconds: (NOW - HOUR) / 1000, id: 'x' } },
  })
})

test('an event nobody declared still tells when the visitor was first seen', async () => {
  const events = [{ id: 'x', name: 'wave', time: NOW - HOUR }]
  expect(await answerTo({ events })).toMatchObject({ profile: { firstSeen: (NOW - HOUR) / 1000 } })
})

test.each([
  ['older than every event', NOW - 9 * HOUR, NOW - 9 * HOUR],
  ['younger than the oldest event', NOW - HOUR, NOW - 3 * HOUR],
  ['later than now', NOW + HOUR, NOW - 3 * HOUR],
])('a given first sight %s', async (_, firstSeen, expected) => {
  expect(await answerTo({ firstSeen })).toMatchObject({ profile: { firstSeen: expected / 1000 } })
})

test('a first sight that lies ahead has not been yet', async () => {
  const answer = await answerTo({ events: [], firstSeen: NOW + HOUR })
  expect(answer).toMatchObject({ profile: { firstSeen: null } })
})

test('a stream may use the memory of a chunk again', async () => {
  const text = new TextEncoder().encode(`${JSON.stringify(makeCase())}\n${JSON.stringify(makeCase())}`)
  async function* reusing(): AsyncGenerator<Uint8Array> {
    const memory = new Uint8Array(100)
    for (let at = 0; at < text.length; at += memory.length) {
      const piece = text.subarray(at, at + memory.length)
      memory.set(piece)
      yield memory.subarray(0, piece.length)
    }
  }
  const { io, out } = makeIo()
  expect(await main(['evaluate'], [evaluate], { ...io, stdin: reusing() }, '1')).toBe(0)
  expect(out()).not.toContain('error')
})

test.each([
  ['no JSON', '{', '$: A key in double quotes is expected'],
  ['a duplicate key', '{"now":1,"now":2}', '$.now: The key "now" stands twice.'],
  ['a number beyond 2^53', '{"now":9007199254740993}', '$.now: '],
  ['an empty line', '', '$: A JSON value is expected'],
  ['a list', '[]', '$: A case is an object'],
  ['no ruleset', '{"now":1}', '$.ruleset: A case needs a ruleset.'],
])('%s is an error on its line', async (_, line, message) => {
  const [answer] = await answersTo(`${line}\n`)
  expect(answer).toEqual({ error: expect.stringContaining(message) })
})

test.each([
  [
    'a ruleset with an error',
    { ruleset: { ...makeRuleset(), budget: 0 } },
    '$.ruleset.budget: 0 is no budget.',
  ],
  [
    'a bad event',
    { events: [{ id: 'a', name: 'view_item', time: 'now' }] },
    '$.events[0].time: An event time is',
  ],
  ['events that are no list', { events: {} }, '$.events: Events are a list.'],
  ['a context that is no object', { context: 'GB' }, '$.context: A context is an object'],
  ['an unknown purpose', { consent: { cookies: true } }, '$.consent.cookies: Purposes are'],
  ['traits that are no object', { traits: [] }, '$.traits: Traits are an object'],
  ['consent without a visitor', { visitor: null }, '$.visitor: With consent to preferences'],
  ['a visitor that is no text', { visitor: 7 }, '$.visitor: A visitor id is text'],
  ['no now', { now: null }, '$.now: null is no time. Give now in milliseconds since 1970.'],
  ['a first sight that is no time', { firstSeen: 'today' }, '$.firstSeen: "today" is no time.'],
  ['a slip of the pen', { first_seen: 1 }, '$.first_seen: The field "first_seen" is written "firstSeen".'],
])('%s is an error with its path', async (_, changes, message) => {
  expect(await answerTo(changes)).toEqual({ error: expect.stringContaining(message) })
})

test('fields of the asker’s own are let be', async () => {
  expect(await answerTo({ name: 'case 7', note: '', id: 7, expect: {} })).toHaveProperty('segments')
})

test('a bad case costs no other, and line n of the answers is line n of the cases', async () => {
  const good = JSON.stringify(makeCase())
  const answers = await answersTo([good, 'x', '', good, `{"a":"${'\\ud800'}"}`, good].join('\n'))
  const kinds = answers.map((answer) => Object.keys(answer as object)[0])
  expect(kinds).toEqual(['segments', 'error', 'error', 'segments', 'error', 'segments'])
})

test('a line of more than 8 MB is refused without being kept, and the next one is answered', async () => {
  const long = new Uint8Array(1024 * 1024).fill(0x20)
  const rest = new TextEncoder().encode(`\n${JSON.stringify(makeCase())}`)
  const answers = await answersTo([...Array.from({ length: 9 }, () => long), rest])
  expect(answers[0]).toEqual({
    error: expect.stringContaining('The line has 9437184 bytes; 8388608 are allowed.'),
  })
  expect(answers[1]).toHaveProperty('segments')
})

test('bytes that are not UTF-8 are refused', async () => {
  const [answer] = await answersTo([new Uint8Array([0x22, 0xc3, 0x28, 0x22])])
  expect(answer).toEqual({ error: 'The line is not UTF-8. Send the case as UTF-8.' })
})

test('however the input is cut into chunks, the answers are the same', async () => {
  const text = `${JSON.stringify(makeCase({ visitor: 'zoë-訪問者-🚶' }))}\r\n${JSON.stringify(makeCase())}`
  const bytes = new TextEncoder().encode(text)
  const whole = await answersTo(text)
  for (const size of [1, 7, 64]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.slice(at * size, (at + 1) * size),
    )
    expect(await answersTo(chunks)).toEqual(whole)
  }
  expect(whole).toHaveLength(2)
})

test('inherited names are neither segments nor fields', async () => {
  const [answer] = await answersTo('{"__proto__":{"now":1},"constructor":1,"now":1}')
  expect(answer).toEqual({ error: '$.ruleset: A case needs a ruleset. Give the whole document.' })
})

test('nothing more is read while the reader of the answers is behind', async () => {
  const line = new TextEncoder().encode(`${JSON.stringify(makeCase())}\n`)
  let taken = 0
  async function* input(): AsyncGenerator<Uint8Array> {
    for (; taken < 5; taken++) yield line
  }
  let drain = (): void => {}
  const stdout: Output = {
    write: () => false,
    once: (_event, listener) => {
      drain = listener
    },
  }
  const io: Io = { ...makeIo().io, stdin: input(), stdout }
  const run = main(['evaluate'], [evaluate], io, '1')
  for await (const _ of chunksOf(Array.from({ length: 50 }, () => line))) await Promise.resolve()
  expect(taken).toBe(0)
  for (let at = 0; at < 5; at++) {
    drain()
    for (let wait = 0; wait < 50; wait++) await Promise.resolve()
  }
  expect(await run).toBe(0)
  expect(taken).toBe(5)
})
