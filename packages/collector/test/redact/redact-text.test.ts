import { expect, test } from 'vitest'
import { createRedactor } from '../../src/redact/create-redactor.ts'
import { makeInnocent } from './make-innocent.ts'
import { makeSecret } from './make-secret.ts'
import { createRandom } from './random.ts'

const { text, raw, content, event } = createRedactor()

test.each([
  ['jane@example.com wants boots', '[email] wants boots'],
  ['/reset/jane%40example.com/now', '/reset/[email]/now'],
  ['two: a@b.de, c@d.fr.', 'two: [email], [email].'],
  ['logo@2x.png and attune@1.2.3', 'logo@2x.png and attune@1.2.3'],
  ['ring +44 (0)20 7946 0958 today', 'ring [phone] today'],
  ['(415) 555-2671 or 020 7946 0958', '[phone] or [phone]'],
  ['01.12.2026 14.30', '01.12.2026 14.30'],
  ['2026-11-22 020 7946 0958', '2026-11-22 [phone]'],
  ['4111 1111 1111 1111 123', '[card] 123'],
  ['4111111111111112', '4111111111111112'],
  ['4006381333931', '4006381333931'],
  ['Bearer abcdef0123456789abcdef', 'Bearer [token]'],
  ['password=hunter2 user=jane', 'password=[token] user=jane'],
  ['{"client_secret":"s3cr3t!","size":"42"}', '{"client_secret":"[token]","size":"42"}'],
  ['Key: C major, Token: Silver', 'Key: C major, Token: Silver'],
])('%s', (given, shown) => {
  expect(text(given)).toBe(shown)
})

test.each([
  [
    'https://user:pass@shop.example/a?token=x1y2z3&utm_source=news#part',
    'https://shop.example/a?utm_source=news',
  ],
  ['/search?q=boots+for+jane', '/search'],
  ['/search#results', '/search'],
  ['see https://a.example/x?y=1 and https://b.example', 'see https://a.example/x and https://b.example'],
  ['www.shop.example/find?q=a%20b', 'www.shop.example/find'],
  ['really? yes = no', 'really? yes = no'],
])('an address keeps its path and its campaign: %s', (given, shown) => {
  expect(text(given)).toBe(shown)
})

test('a parameter is kept when its site says so, and what it holds is still looked at', () => {
  const redactor = createRedactor({ keepParameters: ['Variant', 'to'] })
  expect(redactor.text('/p?variant=blue&to=jane@example.com&utm_source=x')).toBe('/p?variant=blue&to=[email]')
})

test('what was redacted once is not changed again', () => {
  const random = createRandom(7)
  for (let index = 0; index < 2_000; index++) {
    const shown = text(index % 2 === 0 ? makeSecret(random, index).text : makeInnocent(random, index))
    expect(text(shown)).toBe(shown)
  }
})

const EVENT = { id: 'jane@example.com', name: 'search', time: 1, properties: { term: 'boots', count: 4 } }

test('an event without anything to take out is the same object', () => {
  expect(event(EVENT)).toBe(EVENT)
  const recorded = { ...EVENT, context: { url: { path: '/a' }, utm: { source: 'news' } } }
  expect(event(recorded)).toBe(recorded)
})

test('properties and recorded context are cleaned; the id, numbers and exempt properties are not', () => {
  const redactor = createRedactor({ exempt: ['isbn'] })
  const properties = {
    term: 'jane@example.com',
    isbn: '0792345678',
    code: '0792345678',
    card: 4111111111111111,
  }
  const context = { url: { path: '/u/jane@example.com' }, utm: { term: 'boots' } }
  expect(redactor.event({ ...EVENT, properties, context })).toEqual({
    ...EVENT,
    properties: { term: '[email]', isbn: '0792345678', code: '[phone]', card: 4111111111111111 },
    context: { url: { path: '/u/[email]' }, utm: { term: 'boots' } },
  })
})

test('what was sent and refused is cleaned at every depth, names of members too', () => {
  const sent = {
    name: 'x',
    properties: { 'jane@example.com': [{ deep: 'tel +44 20 7946 0958' }, 1, null, true] },
  }
  expect(content(sent)).toBe('{"name":"x","properties":{"[email]":[{"deep":"tel [phone]"},1,null,true]}}')
  expect(content(undefined)).toBe('')
})

test('a secret that a cut would leave by half is gone', () => {
  const long = `${'boots '.repeat(765)}jane.of.the.long.name@example.com`
  expect(long.slice(0, 4_608)).toMatch(/jane/)
  expect(raw(`${long} and more ${'x '.repeat(999)}`)).not.toMatch(/jane/)
})
