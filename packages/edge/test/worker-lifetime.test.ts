import { expect, test } from 'vitest'
import { lifetimeOf } from '../src/worker/lifetime.ts'

const lasts = (headers: Record<string, string>, status = 200): number =>
  lifetimeOf(new Response('', { status, headers }), 60, 300)

test.each<[string, Record<string, string>, number]>([
  ['a page that says nothing', {}, 60],
  ['s-maxage', { 'cache-control': 's-maxage=10, stale-while-revalidate=600' }, 10],
  ['s-maxage before max-age', { 'cache-control': 'max-age=5, s-maxage=20' }, 20],
  ['max-age', { 'cache-control': 'public, max-age=30' }, 30],
  ['no more than the most', { 'cache-control': 's-maxage=31536000' }, 300],
  ['what another cache kept already', { 'cache-control': 'max-age=30', age: '20' }, 10],
  ['what is over already', { 'cache-control': 'max-age=30', age: '40' }, 0],
  ['an age that is none', { 'cache-control': 'max-age=30', age: 'old' }, 0],
  ['private', { 'cache-control': 'private, max-age=30' }, 0],
  ['no-store', { 'cache-control': 'No-Store' }, 0],
  ['no-cache', { 'cache-control': 'no-cache' }, 0],
  ['max-age=0', { 'cache-control': 'max-age=0' }, 0],
  ['a cookie', { 'set-cookie': 'a=b' }, 0],
  ['that differs by cookie', { vary: 'Cookie' }, 0],
  ['that differs by anything', { vary: '*' }, 0],
  ['that differs by coding and our header alone', { vary: 'Accept-Encoding, X-Attune-Edge' }, 60],
  [
    'that differs by how Next.js asks for data',
    { vary: 'rsc, next-router-state-tree, next-router-prefetch' },
    60,
  ],
])('%s', (_, headers, seconds) => {
  expect(lasts(headers)).toBe(seconds)
})

test.each([204, 206, 301, 404, 500])('an answer with status %d is not kept', (status) => {
  expect(lifetimeOf(new Response(null, { status, headers: { 'cache-control': 's-maxage=9' } }), 60, 60)).toBe(
    0,
  )
})
