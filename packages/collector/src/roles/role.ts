/** What a key may do. Nobody has all of it. */
export const ROLES = ['viewer', 'editor', 'publisher', 'privacy-officer', 'admin'] as const

/** One of the roles. */
export type Role = (typeof ROLES)[number]

/** What a route may ask for. */
export const PERMISSIONS = [
  // Numbers that name nobody.
  'aggregates.read',
  // Events as they arrive or were refused, without whose they are.
  'events.read',
  // The ruleset that decides now.
  'ruleset.read',
  // One visitor's profile, events and answers.
  'visitor.export',
  'visitor.erase',
  // How the process stands.
  'health.read',
] as const

/** One of the permissions. */
export type Permission = (typeof PERMISSIONS)[number]

const GRANTS: { readonly [Name in Role]: readonly Permission[] } = {
  viewer: ['aggregates.read'],
  editor: ['aggregates.read', 'events.read', 'ruleset.read'],
  publisher: ['aggregates.read', 'ruleset.read'],
  'privacy-officer': ['visitor.export', 'visitor.erase'],
  admin: ['aggregates.read', 'health.read'],
}

/** Tells whether a role has a permission; whatever is not granted is denied. */
export function mayDo(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission)
}

/** Tells whether a word names a role. */
export function isRole(word: string): word is Role {
  return ROLES.some((role) => role === word)
}
