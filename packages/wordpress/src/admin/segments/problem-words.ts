import { jsonPath, type Problem } from '@attune/core'
import type { JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'
import { isJsonObject, memberOf, objectIn, textIn } from '../document/json-at.ts'
import { begunConditionOf } from '../document/names.ts'
import { segmentAt } from './place-of.ts'

/** A problem as somebody reads it who made segments on this screen: what it is about, and what to do. */
export interface ProblemWords {
  /** Name of the segment; elsewhere the path. */
  readonly place: string
  readonly isPath: boolean
  readonly message: string
}

/** Says a problem of a draft in the words of the screen. */
export function problemWords({ path, message }: Problem, document: JsonObject): ProblemWords {
  const key = segmentAt(path)
  if (key === undefined) return { place: path, isPath: true, message }
  const member = memberOf(objectIn(document, 'segments'), key)
  const segment = isJsonObject(member) ? member : {}
  // The checker lists the kinds of conditions, of which whoever has just begun wants to know nothing.
  const isBegun = begunConditionOf(segment) !== undefined || path !== `${jsonPath('$.segments', key)}.when`
  return {
    place: textIn(segment, 'label') || key,
    isPath: false,
    message: isBegun ? message : __('It has no condition yet. Add one, or remove the segment.', 'attune'),
  }
}
