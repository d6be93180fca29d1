import { expect, test } from 'vitest'
import { mayDo, PERMISSIONS, ROLES } from '../../src/roles/role.ts'

const matrix = Object.fromEntries(
  ROLES.map((role) => [role, PERMISSIONS.filter((permission) => mayDo(role, permission))]),
)

test('each role may do this and nothing else', () => {
  expect(matrix).toEqual({
    viewer: ['aggregates.read'],
    editor: ['aggregates.read', 'events.read', 'ruleset.read', 'ruleset.draft'],
    publisher: ['aggregates.read', 'ruleset.read', 'ruleset.publish'],
    'privacy-officer': ['visitor.read', 'visitor.export', 'visitor.erase', 'consent.export', 'audit.read'],
    admin: ['aggregates.read', 'audit.read', 'health.read', 'keys.manage'],
  })
})

test('each permission is somebody’s, and nobody has them all', () => {
  expect(PERMISSIONS.filter((permission) => !ROLES.some((role) => mayDo(role, permission)))).toEqual([])
  expect(ROLES.filter((role) => matrix[role]?.length === PERMISSIONS.length)).toEqual([])
})

test('who draws up a ruleset does not publish it, who exports visitors touches no ruleset, who has the keys sees no visitor', () => {
  const overlaps = (a: RegExp, b: RegExp) =>
    ROLES.filter((role) => [a, b].every((pattern) => matrix[role]?.some((name) => pattern.test(name))))
  expect(overlaps(/^ruleset\.draft$/, /^ruleset\.publish$/)).toEqual([])
  expect(overlaps(/^visitor\./, /^ruleset\./)).toEqual([])
  expect(overlaps(/^visitor\./, /^keys\./)).toEqual([])
})
