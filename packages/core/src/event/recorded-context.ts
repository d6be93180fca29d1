import { isObject, own } from '../result/json.ts'
import type { RecordedContext } from './event.ts'

/** The longest text of a recorded context, in characters; a longer one is not recorded, since half a value is another. */
export const MAX_CONTEXT_TEXT = 1_024

const MEMBERS: { readonly [group in keyof RecordedContext]-?: readonly string[] } = {
  utm: ['source', 'medium', 'campaign', 'term', 'content'],
  referrer: ['host'],
  url: ['path'],
}

/** The paths that may be recorded, e.g. `utm.source`. */
export const RECORDED_PATHS: readonly string[] = Object.entries(MEMBERS).flatMap(([group, names]) =>
  names.map((name) => `${group}.${name}`),
)

/**
 * Reads what an event may remember of its request: the paths of `touch` that hold text. All else, and what is not in
 * `paths`, is left out; `undefined` when nothing is left.
 */
export function readRecordedContext(
  value: unknown,
  paths: readonly string[] = RECORDED_PATHS,
): RecordedContext | undefined {
  if (!isObject(value)) return undefined
  const groups = Object.entries(MEMBERS).flatMap(([group, names]) => {
    const members = own(value, group)
    if (!isObject(members)) return []
    const texts = names.flatMap((name) => {
      const text = own(members, name)
      return isText(text) && paths.includes(`${group}.${name}`) ? [[name, text] as const] : []
    })
    return texts.length === 0 ? [] : [[group, Object.fromEntries(texts)] as const]
  })
  return groups.length === 0 ? undefined : Object.fromEntries(groups)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_CONTEXT_TEXT && value.isWellFormed()
}
