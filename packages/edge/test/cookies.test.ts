import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCookies } from '../src/cookie/read-cookies.ts'
import { clearCookie, writeCookie } from '../src/cookie/write-cookie.ts'

test('our cookies are found among others, with their values as they stand', () => {
  const cookies = readCookies('x=1; attune_a=v1~k~p~m; attune_b=two=2 ; attune_c')
  expect([cookies.get('attune_a'), cookies.get('attune_b')]).toEqual(['v1~k~p~m', 'two=2'])
  expect([cookies.has('x'), cookies.has('attune_c')]).toEqual([false, false])
})

test('a cookie that stands twice is there but has no value', () => {
  const cookies = readCookies('attune_a=1; attune_a=2; attune_a=3')
  expect([cookies.get('attune_a'), cookies.has('attune_a')]).toEqual(['', true])
})

test('a header of 8 KB is read, a longer one is not', () => {
  const pad = 'x'.repeat(8_192 - 'attune_a=1; '.length)
  expect(readCookies(`attune_a=1; ${pad}`).get('attune_a')).toBe('1')
  expect(readCookies(`attune_a=1; ${pad}x`).has('attune_a')).toBe(false)
})

test('names of the language itself are not found', () => {
  const cookies = readCookies('__proto__=1; constructor=2; toString=3')
  expect(['__proto__', 'constructor', 'toString'].map((name) => cookies.get(name))).toEqual(['', '', ''])
})

test('any header is read without a throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (header) => {
      const cookies = readCookies(header.replaceAll('x', 'attune_a'))
      return cookies.get('attune_a') === '' || cookies.has('attune_a')
    }),
  )
})

test('a written cookie is for the whole host, hidden from scripts, and secure on https', () => {
  expect(writeCookie('a', '1', true)).toBe('a=1; Path=/; HttpOnly; SameSite=Lax; Secure')
  expect(writeCookie('a', '1', false)).toBe('a=1; Path=/; HttpOnly; SameSite=Lax')
  expect(clearCookie('a', true)).toBe('a=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0')
})
