import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCookies } from '../src/cookie/read-cookies.ts'
import { clearCookie, writeCookie } from '../src/cookie/write-cookie.ts'

test('our cookies are found among others, with their values as they stand', () => {
  const cookies = readCookies('x=1; attune_a=v1~k~p~m; attune_b=two=2 ; attune_c', false)
  expect([cookies.get('attune_a'), cookies.get('attune_b')]).toEqual(['v1~k~p~m', 'two=2'])
  expect([cookies.has('x'), cookies.has('attune_c')]).toEqual([false, false])
})

test('a cookie that stands twice is there but has no value', () => {
  const cookies = readCookies('attune_a=1; attune_a=2; attune_a=3', false)
  expect([cookies.get('attune_a'), cookies.has('attune_a')]).toEqual(['', true])
})

test('a header of 8 KB is read, a longer one is not', () => {
  const pad = 'x'.repeat(8_192 - 'attune_a=1; '.length)
  expect(readCookies(`attune_a=1; ${pad}`, false).get('attune_a')).toBe('1')
  expect(readCookies(`attune_a=1; ${pad}x`, false).has('attune_a')).toBe(false)
})

test('by https what we signed counts only from this host alone, and what scripts write as it stands', () => {
  const header =
    'attune_visitor=planted; __Host-attune_token=ours; attune_consent=preferences; attune_session=1.1.1.1'
  const cookies = readCookies(header, true)
  expect([cookies.get('attune_visitor'), cookies.has('attune_visitor')]).toEqual(['', false])
  expect([cookies.get('attune_token'), cookies.get('attune_consent')]).toEqual(['ours', 'preferences'])
  expect(cookies.get('attune_session')).toBe('1.1.1.1')
})

test('beside a planted one the cookie of this host alone counts', () => {
  expect(readCookies('attune_a=planted; __Host-attune_a=ours; attune_a=planted', true).get('attune_a')).toBe(
    'ours',
  )
})

test('a host that does not see the https in front of it still reads what was set by it', () => {
  expect(readCookies('__Host-attune_a=ours', false).get('attune_a')).toBe('ours')
})

test('names of the language itself are not found', () => {
  const cookies = readCookies('__proto__=1; constructor=2; toString=3', false)
  expect(['__proto__', 'constructor', 'toString'].map((name) => cookies.get(name))).toEqual(['', '', ''])
})

test('any header is read without a throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (header) => {
      const cookies = readCookies(header.replaceAll('x', 'attune_a'), false)
      return cookies.get('attune_a') === '' || cookies.has('attune_a')
    }),
  )
})

test('a written cookie is for the whole host, hidden from scripts, and secure on https', () => {
  expect(writeCookie('a', '1', true)).toBe('__Host-a=1; Path=/; HttpOnly; SameSite=Lax; Secure')
  expect(writeCookie('a', '1', false)).toBe('a=1; Path=/; HttpOnly; SameSite=Lax')
  expect(clearCookie('a', true)).toBe('__Host-a=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0')
})
