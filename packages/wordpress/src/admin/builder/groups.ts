import type { Json, JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'
import { isJsonList, isJsonObject, memberOf } from '../document/json-at.ts'

/** How a group takes its conditions together. */
export type Joining = 'all' | 'any' | 'atLeast'

/** A group: its children and how they are joined. */
export interface Group {
  readonly joining: Joining
  /** The member that holds the children. */
  readonly holder: 'all' | 'any' | 'of'
  readonly children: readonly Json[]
}

/** The group that a condition is; `undefined` where it is a single condition or none. */
export function groupOf(node: JsonObject): Group | undefined {
  for (const joining of ['all', 'any'] as const) {
    const children = memberOf(node, joining)
    if (isJsonList(children))
      return only(node, [joining]) ? { joining, holder: joining, children } : undefined
  }
  const children = memberOf(node, 'of')
  if (!isJsonList(children) || !only(node, ['atLeast', 'of'])) return undefined
  return { joining: 'atLeast', holder: 'of', children }
}

/** A group of these children. */
export function makeGroup(joining: Joining, children: readonly Json[], least: Json = 1): JsonObject {
  return joining === 'atLeast' ? { atLeast: least, of: children } : { [joining]: children }
}

/** What a `not` denies; `undefined` where the condition is none. */
export function deniedBy(node: JsonObject): JsonObject | undefined {
  const denied = memberOf(node, 'not')
  return isJsonObject(denied) && only(node, ['not']) ? denied : undefined
}

/** The joinings in words. */
export function joiningOptions(): readonly { readonly value: Joining; readonly label: string }[] {
  return [
    { value: 'all', label: __('all of these', 'attune') },
    { value: 'any', label: __('any of these', 'attune') },
    { value: 'atLeast', label: __('at least some of these', 'attune') },
  ]
}

const only = (node: JsonObject, members: readonly string[]): boolean =>
  Object.keys(node).every((member) => members.includes(member))
