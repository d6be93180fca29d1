import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createMayLook, readHealthToken } from '../../src/telemetry/may-look.ts'

type Asked = Pick<IncomingMessage, 'headers' | 'httpVersion' | 'socket'>
const TOKEN = 'a-token-of-more-than-16'
const local = { host: '127.0.0.1:8787' }

function from(
  remoteAddress: string | undefined,
  headers: IncomingMessage['headers'],
  httpVersion = '1.1',
): Asked {
  // Nothing else of a socket is looked at.
  return { headers, httpVersion, socket: { remoteAddress } as Asked['socket'] }
}

test.each([
  ['127.0.0.1', local, true],
  ['::1', { host: '[::1]:8787' }, true],
  ['::ffff:127.0.0.1', { host: 'localhost' }, true],
  ['127.0.0.1', { host: 'LOCALHOST:8787' }, true],
  ['10.0.0.7', local, false],
  ['::ffff:10.0.0.7', local, false],
  [undefined, local, false],
  // Another name of this machine may be what a page of another site asks for.
  ['127.0.0.1', { host: 'shop.example' }, false],
  ['127.0.0.1', { host: 'localhost.evil.example' }, false],
  ['127.0.0.1', { host: '127.0.0.1.evil.example' }, false],
  ['127.0.0.1', {}, false],
  // A proxy on this machine asks for somebody else.
  ['127.0.0.1', { ...local, 'x-forwarded-for': '203.0.113.9' }, false],
  ['127.0.0.1', { ...local, forwarded: 'for=203.0.113.9' }, false],
  ['127.0.0.1', { ...local, 'x-real-ip': '203.0.113.9' }, false],
  ['127.0.0.1', { ...local, via: '1.1 proxy' }, false],
])('without a token %s with %j may look: %s', (address, headers, may) => {
  expect(createMayLook(undefined)(from(address, headers))).toBe(may)
})

test('a request as nginx passes it on unless told otherwise is nobody’s of this machine', () => {
  expect(createMayLook(undefined)(from('127.0.0.1', local, '1.0'))).toBe(false)
})

test('where visitors are sent to the same port nobody may look without a token, from wherever', () => {
  expect(createMayLook(undefined, true)(from('127.0.0.1', local))).toBe(false)
  expect(createMayLook(TOKEN, true)(from('127.0.0.1', local))).toBe(false)
  const authorization = `Bearer ${TOKEN}`
  expect(createMayLook(TOKEN, true)(from('127.0.0.1', { ...local, authorization }))).toBe(true)
})

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

test.each([
  [`Bearer ${TOKEN}`, true],
  [`bearer ${TOKEN}`, true],
  [basic(`anybody:${TOKEN}`), true],
  [basic(`:${TOKEN}`), true],
  [`Bearer ${TOKEN}x`, false],
  [`Bearer ${TOKEN.slice(1)}`, false],
  [basic('anybody:'), false],
  [basic(`${TOKEN}:other`), false],
  ['Bearer', false],
  [TOKEN, false],
  [undefined, false],
])('with a token, %s may look: %s, from wherever', (authorization, may) => {
  const mayLook = createMayLook(TOKEN)
  expect(mayLook(from('10.0.0.7', { host: 'shop.example', authorization }))).toBe(may)
  expect(mayLook(from('127.0.0.1', { ...local, authorization }))).toBe(may)
})

test('a token that is too short is refused, with the cure', () => {
  expect(readHealthToken({ ATTUNE_HEALTH_TOKEN: TOKEN })).toBe(TOKEN)
  expect([readHealthToken({}), readHealthToken({ ATTUNE_HEALTH_TOKEN: '' })]).toEqual([undefined, undefined])
  expect(() => readHealthToken({ ATTUNE_HEALTH_TOKEN: 'short' })).toThrow(
    'ATTUNE_HEALTH_TOKEN has 5 characters. Use at least 16',
  )
})
