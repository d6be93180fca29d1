import { expect, test } from 'vitest'
import { digestOf, findCaller, parseAccessKeys } from '../../src/roles/access-keys.ts'

const A = await digestOf('the token of the newsroom, long')
const B = await digestOf('the token of the officer, long')
const keys = parseAccessKeys(`newsroom:editor:${A},\n dpo:privacy-officer:${B} `)

test('keys are read from text', () => {
  expect(keys).toEqual([
    { name: 'newsroom', role: 'editor', digest: A },
    { name: 'dpo', role: 'privacy-officer', digest: B },
  ])
  expect(parseAccessKeys('')).toEqual([])
})

test.each([
  ['newsroom:editor', /place 1 cannot be read/],
  ['newsroom:editor:', /place 1 \(newsroom\) has no digest/],
  [`newsroom:chief:${A}`, /place 1 \(newsroom\) has no role that there is: viewer, editor/],
  [`jane@example.com:editor:${A}`, /place 1 cannot be read\. Write name:role:digest/],
  [`a:editor:${A.toUpperCase()}`, /64 small hexadecimal digits/],
  [`a:editor:${A},a:viewer:${B}`, /place 2 names a again/],
  [`a:editor:${A},b:viewer:${A}`, /place 2 has the token of another key/],
  ['the-token-itself-by-mistake', /place 1 cannot be read/],
])('%s is refused with the cure', (text, message) => {
  expect(() => parseAccessKeys(text)).toThrow(message)
  expect(() => parseAccessKeys(text)).not.toThrow(/the-token-itself/)
})

test.each([
  ['Bearer the-token', undefined],
  ['Bearer ', undefined],
  ['Bearer', undefined],
  ['', undefined],
  [null, undefined],
  [`Bearer ${A}`, undefined],
  [`Bearer ${'x'.repeat(2_000)}`, undefined],
  ['Basic dGhlOnRva2Vu', undefined],
  ['Bearer a b', undefined],
])('%s opens nothing', async (authorization, caller) => {
  expect(await findCaller(authorization, keys)).toBe(caller)
})

test('a token is known by its digest', async () => {
  const [token, other] = ['token-of-a-viewer-0123456789', 'token-of-an-admin-0123456789']
  const made = parseAccessKeys(`v:viewer:${await digestOf(token)},a:admin:${await digestOf(other)}`)
  expect(await findCaller(`bearer ${other}`, made)).toEqual({ name: 'a', role: 'admin' })
  expect(await findCaller(`Bearer ${token} `, made)).toEqual({ name: 'v', role: 'viewer' })
})

test('no key has the token that is empty', async () => {
  const made = parseAccessKeys(`v:viewer:${await digestOf('')}`)
  expect(await findCaller('Bearer ', made)).toBeUndefined()
  expect(await findCaller(null, made)).toBeUndefined()
})
