import { decodeVisitor, encodeVisitor, parseVisitorId } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/index.ts'
import { KEYS, SECRET } from '../builders.ts'

const OLDER = 'an older secret of at least thirty-two characters'

describe('the id of an account', () => {
  const accounts = createAccounts(SECRET)

  test('is a visitor’s id like any other: a cookie of ours carries it', () => {
    const [id] = accounts.of('user 7')
    expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(parseVisitorId(id).ok).toBe(true)
    expect(decodeVisitor(KEYS, 'site', encodeVisitor(KEYS, 'site', id))).toBe(id)
  })

  test('is always the same for one user, and another one for another user, secret or site', () => {
    const ids = [
      createAccounts(SECRET).of('user 7')[0],
      accounts.of('user 8')[0],
      createAccounts(OLDER).of('user 7')[0],
      createAccounts(SECRET, 'other').of('user 7')[0],
    ]
    expect(accounts.of('user 7')[0]).toBe(ids[0])
    expect(new Set(ids).size).toBe(4)
  })

  test('has nothing of the user’s id in it', () => {
    expect(accounts.of('AAAAAAAAAAAAAAAA')[0]).not.toContain('AAAA')
  })

  test('is one for each live secret, the newest first', () => {
    const both = createAccounts([SECRET, OLDER])
    expect(both.of('user 7')).toEqual([accounts.of('user 7')[0], createAccounts(OLDER).of('user 7')[0]])
    expect(both.of('user 7').map(both.has)).toEqual([true, true])
  })

  test('is told from the id of a visitor who never signed in', () => {
    expect(accounts.has(accounts.of('user 7')[0])).toBe(true)
    const others = Array.from({ length: 2_000 }, (_, at) => createAccounts(OLDER).of(`user ${at}`)[0])
    expect(others.filter(accounts.has)).toEqual([])
    expect(createAccounts(SECRET, 'other').has(accounts.of('user 7')[0])).toBe(false)
  })

  test.each(['', 'x'.repeat(257), '\ud800', 7, undefined])('is made of no %j', (userId) => {
    // What callers without types may pass.
    expect(() => accounts.of(userId as string)).toThrow('Give the id of your own users')
  })
})
