import { isObject, own } from '../result/json.ts'
import type { RecordedContext } from './event.ts'

/** The longest text of a recorded context, in characters; a longer one is not recorded, since half a value is another. */
export const MAX_CONTEXT_TEXT = 1_024

/** The paths that may be recorded. */
export const RECORDED_PATHS: readonly string[] = [
  'utm.source',
  'utm.medium',
  'utm.campaign',
  'utm.term',
  'utm.content',
  'referrer.host',
  'url.path',
]

/**
 * Reads what an event may remember of its request: the paths of `touch` that hold text. All else, and what is not in
 * `paths`, is left out; `undefined` when nothing is left.
 */
export function readRecordedContext(
  value: unknown,
  paths: readonly string[] = RECORDED_PATHS,
): RecordedContext | undefined {
  if (!isObject(value)) return undefined
  const groups: Record<string, Record<string, string>> = {}
  for (const path of RECORDED_PATHS) {
    const [group = '', name = ''] = path.split('.')
    const members = own(value, group)
    const text = isObject(members) ? own(members, name) : undefined
    if (!isText(text) || !paths.includes(path)) continue
    groups[group] = { ...groups[group], [name]: text }
  }
  return Object.keys(groups).length === 0 ? undefined : groups
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_CONTEXT_TEXT && value.isWellFormed()
}
