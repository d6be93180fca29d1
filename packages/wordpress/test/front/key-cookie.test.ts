import { expect, test } from 'vitest'
import { writeKey } from '../../src/front/key-cookie.ts'

test('true segments stand in the first half, false ones in the second, least bit first', () => {
  // 0b101 in byte 0, 0b010 in byte 4.
  expect(writeKey('3fa1c2', [true, false, true])).toBe('v1.3fa1c2.BQAAAAIAAAA')
})

test('an unknown segment has neither bit', () => {
  expect(writeKey('3fa1c2', [null, null])).toBe('v1.3fa1c2.AAAAAAAAAAA')
})

test('the 32nd segment is the last', () => {
  const truths = Array.from({ length: 40 }, () => true)
  expect(writeKey('3fa1c2', truths)).toBe('v1.3fa1c2._____wAAAAA')
})
