import type { Context } from '../context/context.ts'
import { fixedPaths } from '../context/context-path.ts'
import type { Profile } from '../profile/profile.ts'

// In the order of `readNamed`, which a test holds to.
const NAMED_PATHS: readonly string[] = fixedPaths()

const NAMED: ReadonlyMap<string, number> = new Map(NAMED_PATHS.map((path, place) => [path, place]))

/** The place of a path with `readNamed`, −1 for a path whose name is the site's own. */
export function namedPlace(path: string): number {
  return NAMED.get(path) ?? -1
}

/** Reads a named path of a plain context. Written out: an engine reads a name that stands in the code fastest. */
export function readNamed(place: number, context: Context): unknown {
  switch (place) {
    case 0:
      return context.geo?.country
    case 1:
      return context.geo?.region
    case 2:
      return context.geo?.city
    case 3:
      return context.device?.type
    case 4:
      return context.device?.os
    case 5:
      return context.device?.browser
    case 6:
      return context.language
    case 7:
      return context.url?.host
    case 8:
      return context.url?.path
    case 9:
      return context.utm?.source
    case 10:
      return context.utm?.medium
    case 11:
      return context.utm?.campaign
    case 12:
      return context.utm?.term
    case 13:
      return context.utm?.content
    case 14:
      return context.referrer?.host
    case 15:
      return context.session?.number
    case 16:
      return context.session?.pageViews
    case 17:
      return context.session?.seconds
    case 18:
      return context.visitor?.known
    default:
      return context.visitor?.returning
  }
}

// Groups of members that paths begin with, in the order of `groupOf`.
const GROUPS: readonly string[] = [
  'custom',
  'trait',
  'query',
  'geo',
  'device',
  'url',
  'utm',
  'referrer',
  'session',
  'visitor',
]
/** Place of the group that the profile holds. */
export const TRAIT = 1
/** Groups up to this have names of the site's own; those of the others are named paths. */
export const OPEN_GROUPS = 3

/** The group of a path, −1 for none, by its place with `groupOf`. What follows the first dot is the name. */
export function groupPlace(path: string): number {
  const named = NAMED.get(path)
  return named === undefined ? GROUPS.indexOf(path.slice(0, path.indexOf('.'))) : NAMED_GROUPS[named]!
}

const NAMED_GROUPS: readonly number[] = NAMED_PATHS.map((path) => GROUPS.indexOf(path.split('.')[0]!))

/** The object that holds the members of a group. */
export function groupOf(group: number, context: Context, profile: Profile): unknown {
  switch (group) {
    case 0:
      return context.custom
    case 1:
      return profile.traits
    case 2:
      return context.query
    case 3:
      return context.geo
    case 4:
      return context.device
    case 5:
      return context.url
    case 6:
      return context.utm
    case 7:
      return context.referrer
    case 8:
      return context.session
    default:
      return context.visitor
  }
}
