import { createCollector } from '@attune/collector'
import { createMemoryStore } from '@attune/storage/memory'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '../../src/command.ts'
import { createLog, jsonLine } from '../../src/telemetry/log.ts'
import { redact, redactRuleset } from '../../src/telemetry/redact.ts'
import { makeIo } from '../support/make-io.ts'
import { makeRuleset } from '../support/make-ruleset.ts'

const call = (log?: string): Call => ({ arguments: [], options: { log } })
// Line breaks of every kind, escapes, directions, quotes and what looks like a line of ours.
const EVIL = [
  '\r',
  '\n',
  '\r\n',
  '\u001b[2J',
  '\u0000',
  '\u0085',
  '\u2028',
  '\u202e',
  '\u{e0001}',
  '"',
  '\\',
  '\ud800',
]
const FORGED =
  '"}\n{"time":"2026-11-22T00:00:00.000Z","level":"info","event":"forged","message":"all is well"}'
const evil = fc.array(fc.oneof(fc.constantFrom(...EVIL, FORGED), fc.string({ unit: 'binary' })), {
  maxLength: 8,
})
const hostile = evil.map((parts) => parts.join(''))

function linesOf(text: string): readonly { readonly [name: string]: unknown }[] {
  expect(text).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\n)*$/u)
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

test('whatever is told, each telling is one line of JSON that says it', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (event, message, name, value) => {
      const { io, err, out } = makeIo()
      const log = createLog(call('json'), io, 'collector')
      void log.announce(event, message, { [`_${name}`]: value })
      void log.tell(event, message, { [`_${name}`]: value })
      void log.warn(event, message)
      log.trouble(name, new Error(message))
      const lines = linesOf(err())
      const wellFormed = (text: string): string => JSON.parse(JSON.stringify(text))
      expect(lines.map((line) => line.event)).toEqual([event, event, event, 'trouble'].map(wellFormed))
      expect(lines[1]).toMatchObject({ speaker: 'collector', level: 'info', message, [`_${name}`]: value })
      expect(lines[3]).toMatchObject({ level: 'error', step: name, error: 'Error', message: redact(message) })
      expect(out()).toBe('')
    }),
    { numRuns: 500 },
  )
})

test('in text, nothing told moves a cursor or begins another line', () => {
  fc.assert(
    fc.property(hostile, hostile, (step, message) => {
      const { io, err, out } = makeIo()
      const log = createLog(call(), io, 'collector')
      void log.announce('listening', message)
      void log.tell('progress', message)
      log.trouble(step, new Error(message))
      for (const text of [out(), err()]) expect(text).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*\n)*$/u)
      expect([out(), err()].map((text) => text.split('\n').length)).toEqual([2, 3])
    }),
    { numRuns: 500 },
  )
})

test('requests with anything in any field leave no id, address or mail in the log, and no line that is not ours', async () => {
  const { io, err } = makeIo({ tick: 20_000 })
  const log = createLog(call('json'), io, 'collector')
  // A store that says all it knows.
  const fail: (asked: unknown) => never = (asked) => {
    throw new Error(`cannot keep ${typeof asked === 'string' ? asked : JSON.stringify(asked)}\n${FORGED}`)
  }
  const collector = createCollector({
    ruleset: makeRuleset(),
    secret: 'a secret of more than thirty-two characters',
    store: {
      ...createMemoryStore(),
      append: async (batch) => fail(batch),
      reject: async (rejected) => fail(rejected),
    },
    onError: (error, step) => log.trouble(step, error),
  })
  const headerText = fc.string({
    unit: fc.constantFrom(...'az09 "\\{}[];=%', '\t', 'é', '203.0.113.9'),
    maxLength: 40,
  })
  const request = fc.record({
    id: hostile,
    name: fc.oneof(fc.constant('view_item'), hostile),
    item: hostile,
    agent: headerText,
    cookie: headerText,
    path: fc.webPath(),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ id, name, item, agent, cookie, path }) => {
      const properties = { item_id: `${item} anna@example.com 203.0.113.9 2001:db8::7` }
      const event = { id: id || 'x', name, time: Date.now(), properties }
      await collector.handle(
        new Request(`https://shop.example${path}?mail=anna@example.com`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': `Mozilla/5.0 ${agent.trim()}`,
            'x-forwarded-for': '203.0.113.9',
            cookie: `attune_consent=preferences; attune_x=${cookie.trim()}`,
          },
          body: JSON.stringify({ sent: Date.now(), events: [event] }),
        }),
      )
    }),
    { numRuns: 300 },
  )
  const lines = linesOf(err())
  expect(lines.length).toBeGreaterThan(100)
  expect(new Set(lines.map(({ event }) => event))).toEqual(new Set(['trouble']))
  for (const personal of ['anna', 'example.com', '203.0.113.9', '2001:db8', 'forged'])
    expect(err()).not.toContain(personal)
})

test.each([
  ['connect ECONNREFUSED 10.0.0.7:6379', 'connect ECONNREFUSED [address]:6379'],
  ['from 2001:db8::7 and ::1 and fe80::1%eth0', 'from [address] and [address] and [address]'],
  ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', '[address]'],
  ['redis://:hush@cache.example:6379 is away', 'redis://[user]@cache.example:6379 is away'],
  ['mail to anna.b+c@example.com now', 'mail to [mail] now'],
  ['GET /page?mail=x&id=7 failed', 'GET /page?[query] failed'],
  ['no visitor Zx81kPq2vN3mR7tYbW4u0A', 'no visitor [id]'],
  ['no visitor AAAAAAAAAAAAAAAAAAAAAA here', 'no visitor [id] here'],
  ['id 550e8400-e29b-41d4-a716-446655440000', 'id [id]'],
  ['phone 4915112345678', 'phone [id]'],
  [
    'Unexpected token \'a\', "{"id":"anna"... is not valid JSON',
    'Unexpected token \'a\', "…"... is not valid JSON',
  ],
  [
    '[storage] redis: no answer within 1000 ms. Try again.',
    '[storage] redis: no answer within 1000 ms. Try again.',
  ],
  ['at 12:30:45 core::match failed in StoreWriteError', 'at 12:30:45 core::match failed in StoreWriteError'],
  ['x'.repeat(600), `${'x'.repeat(500)}…`],
])('of %j is said %j', (message, shown) => {
  expect(redact(message)).toBe(shown)
})

test('what is said of a ruleset keeps the file, the path, the value and the cure, and no door is opened', () => {
  const { io, err } = makeIo()
  const finding =
    'The ruleset "/srv/shop-2026-11-22/rules.json" is not sound. $.segments.a.when: "countt" is no kind. Write "count".'
  createLog(call(), io, 'collector').trouble('load-ruleset', new Error(finding), redactRuleset)
  expect(err()).toBe(`[collector] load-ruleset: ${finding}\n`)
  expect(redactRuleset('https://u:hush@cms.example/r?token=hush has the status 404. Check it.')).toBe(
    'https://[user]@cms.example/r?[query] has the status 404. Check it.',
  )
})

test('the same trouble is told every ten seconds at most, and counted', () => {
  const { io, err } = makeIo({ tick: 3_000 })
  const log = createLog(call(), io, 'worker')
  for (let at = 0; at < 6; at++) log.trouble('take', new Error('away'))
  log.trouble('fold', 'other')
  expect(err()).toBe(
    '[worker] take: away\n[worker] take: away (and 3 times since it was said)\n[worker] fold: other\n',
  )
})

test('lines of JSON are those that JSON says, escapes aside', () => {
  expect(jsonLine({ a: 'x\u202e\u{e0001}\n', b: [1, null] })).toBe(
    '{"a":"x\\u202e\\udb40\\udc01\\n","b":[1,null]}',
  )
})

test('another form is refused, with the forms there are', () => {
  expect(() => createLog(call('xml'), makeIo().io, 'collector')).toThrow(
    '--log is "xml". Choose one of text, json.',
  )
})
