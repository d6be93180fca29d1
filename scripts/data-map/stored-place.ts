/** What is kept in one place. Whatever a field does not say of itself, its place says of all of them. */
export interface StoredPlace {
  /** Names the place for the test that compares it with what there really is. */
  readonly id: string
  readonly title: string
  /** Where it is, and when there is such a place at all. */
  readonly where: string
  readonly about: About
  readonly purpose: string
  readonly retention: string
  readonly erase: string
  readonly fields: readonly StoredField[]
}

/** One thing that is kept. */
export interface StoredField {
  /** As the place itself names it. */
  readonly name: string
  readonly holds: string
  readonly about?: About
  readonly purpose?: string
  readonly retention?: string
  readonly erase?: string
}

/** Whom it tells of: one visitor, somebody who works on the site, or nobody. */
export type About = 'visitor' | 'staff' | 'nobody'

/** Where nothing tells of a person there is nothing to be erased. */
export const NOBODY: Pick<StoredPlace, 'about' | 'erase'> = { about: 'nobody', erase: 'tells of nobody' }
