import { expect, test } from 'vitest'
import { toPublicRequest } from '../src/public-request.ts'

function makeRequest(
  headers: Record<string, string>,
  url = 'http://localhost:3000/attune/collect?a=1',
): Request {
  return new Request(url, { method: 'POST', body: '{}', headers })
}

test.each([
  ['the host that was asked', { host: 'shop.example' }, 'http://shop.example/attune/collect?a=1'],
  [
    'what a TLS proxy says',
    { host: '10.0.0.1:3000', 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' },
    'https://shop.example/attune/collect?a=1',
  ],
  [
    'the first of several proxies',
    { host: 'x', 'x-forwarded-host': 'shop.example, inner', 'x-forwarded-proto': 'https,http' },
    'https://shop.example/attune/collect?a=1',
  ],
])('the address is %s', async (_, headers, url) => {
  const request = toPublicRequest(makeRequest(headers))
  expect([request.url, request.method, await request.text()]).toEqual([url, 'POST', '{}'])
})

test('a request that already has the address is left alone', () => {
  const request = makeRequest({ host: 'localhost:3000' })
  expect(toPublicRequest(request)).toBe(request)
})

test.each([
  ['a b', 'http'],
  ['user@shop.example', 'http'],
  ['user:secret@shop.example', 'https'],
  ['shop.example/attune', 'http'],
  ['shop.example?', 'http'],
  ['shop.example#', 'http'],
  ['shop.example\\attune', 'http'],
  ['', 'https'],
  ['shop.example', 'javascript'],
])('a host that is none changes nothing: %s by %s', (host, scheme) => {
  const request = makeRequest({ host, 'x-forwarded-proto': scheme })
  expect(toPublicRequest(request)).toBe(request)
})

test('a path of two slashes stays a path', () => {
  const request = makeRequest({ host: 'shop.example' }, 'http://localhost:3000//elsewhere.example/x')
  expect(toPublicRequest(request).url).toBe('http://shop.example//elsewhere.example/x')
})
