import { expect, test } from 'vitest'
import { createAlias } from '../../src/watching/create-alias.ts'
import { NOW, VISITOR } from '../builders.ts'

const DAY = 86_400_000

test('an alias is the same for a UTC day, another for another visitor, and another the next day', () => {
  const aliasOf = createAlias()
  const morning = aliasOf(VISITOR, NOW)
  expect(aliasOf(VISITOR, NOW + DAY / 2 - 1)).toBe(morning)
  expect(aliasOf('somebody else', NOW)).not.toBe(morning)
  expect(aliasOf(VISITOR, NOW + DAY / 2)).not.toBe(morning)
})

test('another process gives another alias, so that it leads back to nobody', () => {
  expect(createAlias()(VISITOR, NOW)).not.toBe(createAlias()(VISITOR, NOW))
})
