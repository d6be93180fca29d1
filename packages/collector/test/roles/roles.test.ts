import { expect, test } from 'vitest'
import { mayDo, PERMISSIONS, ROLES } from '../../src/roles/role.ts'

const matrix = Object.fromEntries(
  ROLES.map((role) => [role, PERMISSIONS.filter((permission) => mayDo(role, permission))]),
)

test('each role may do this and nothing else', () => {
  expect(matrix).toEqual({
    viewer: ['aggregates.read'],
    editor: ['aggregates.read', 'events.read', 'ruleset.read'],
    publisher: ['aggregates.read', 'ruleset.read'],
    'privacy-officer': ['visitor.export', 'visitor.erase'],
    admin: ['aggregates.read', 'health.read'],
  })
})

test('each permission is somebody’s, and nobody has them all', () => {
  expect(PERMISSIONS.filter((permission) => !ROLES.some((role) => mayDo(role, permission)))).toEqual([])
  expect(ROLES.filter((role) => matrix[role]?.length === PERMISSIONS.length)).toEqual([])
})

test('who exports visitors sees neither rulesets nor events nor numbers, and who looks after the server sees no visitor', () => {
  const overlaps = (a: RegExp, b: RegExp) =>
    ROLES.filter((role) => [a, b].every((pattern) => matrix[role]?.some((name) => pattern.test(name))))
  expect(overlaps(/^visitor\./, /^(?!visitor\.)/)).toEqual([])
  expect(overlaps(/^health\./, /^(?:events|ruleset|visitor)\./)).toEqual([])
})
