import { expect, test } from 'vitest'
import { createOrigin } from '../src/worker/origin.ts'

const visited = (headers: Record<string, string> = {}): Request =>
  new Request('https://shop.example/product/tent?a=1', { headers })

const INSIDE = {
  'x-middleware-rewrite': '/x',
  'x-middleware-subrequest': 'middleware',
  'x-nextjs-data': '1',
  'x-matched-path': '/x',
  'x-invoke-path': '/x',
  'x-attune-edge': 'v1',
  'next-resume': '1',
}
const OF_NEXT = { rsc: '1', 'next-router-state-tree': 'x', 'next-router-prefetch': '1', 'next-url': '/' }

test('a path leads to the origin whatever it looks like', () => {
  const { request } = createOrigin({ origin: 'https://origin.example/ignored' })
  const paths = ['/', '//evil.example/x', '/\\evil.example', '/@evil.example', '/http://evil.example']
  expect(paths.map((path) => new URL(request(visited(), path).url).origin)).toEqual(
    paths.map(() => 'https://origin.example'),
  )
})

test('without an origin it is the address that was asked for', () => {
  expect(createOrigin({}).request(visited(), '/attune/x').url).toBe('https://shop.example/attune/x')
})

test('what hosts say to themselves stays outside, and so does what only a Next.js understands', () => {
  const asked = createOrigin({ origin: 'https://o.example' }).request(
    visited({ ...INSIDE, ...OF_NEXT, accept: 'a' }),
    '/',
  )
  expect([...asked.headers.keys()].sort()).toEqual(['accept', 'x-forwarded-host', 'x-forwarded-proto'])
  expect(asked.headers.get('x-forwarded-host')).toBe('shop.example')
  expect(asked.headers.get('x-forwarded-proto')).toBe('https')
})

test('a Next.js is told how its browser half asks', () => {
  const asked = createOrigin({ next: true }).request(visited({ ...INSIDE, ...OF_NEXT }), '/')
  expect(Object.keys(OF_NEXT).filter((name) => !asked.headers.has(name))).toEqual([])
  expect(Object.keys(INSIDE).filter((name) => asked.headers.has(name))).toEqual([])
})

test('visitors are not told what a host says to itself', () => {
  const headers = {
    'x-middleware-rewrite': '/attune/x',
    'x-attune-slots': '1',
    'x-nextjs-cache': 'HIT',
    etag: '"a"',
  }
  const { publish } = createOrigin({ origin: 'https://o.example' })
  expect([...publish(new Response('', { headers }), visited()).headers.keys()]).toEqual([
    'content-type',
    'etag',
  ])
  const next = createOrigin({ next: true }).publish(new Response(null, { headers }), visited())
  expect([...next.headers.keys()]).toEqual(['etag', 'x-nextjs-cache'])
})

test.each([
  ['https://o.example/cart?a', 'https://shop.example/cart?a'],
  ['https://o.example.evil/cart', 'https://o.example.evil/cart'],
  ['https://pay.example/', 'https://pay.example/'],
  ['/cart', '/cart'],
])('a redirect to %s leads to %s', (location, expected) => {
  const { publish } = createOrigin({ origin: 'https://o.example' })
  const answer = publish(new Response(null, { status: 302, headers: { location } }), visited())
  expect(answer.headers.get('location')).toBe(expected)
})
