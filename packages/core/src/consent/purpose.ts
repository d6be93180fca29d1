/** The consent purposes of the WP Consent API, in the order of their bits. */
export const PURPOSES = [
  'functional',
  'preferences',
  'statistics-anonymous',
  'statistics',
  'marketing',
] as const

/** What a visitor may allow. `functional` is always granted. */
export type Purpose = (typeof PURPOSES)[number]

/** The purpose of an event or trait that names none. */
export const DEFAULT_PURPOSE: Purpose = 'preferences'

/** Tells whether `value` names a purpose. */
export function isPurpose(value: unknown): value is Purpose {
  return (PURPOSES as readonly unknown[]).includes(value)
}
