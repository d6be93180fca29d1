import type { Json, JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'
import { isJsonList, memberOf } from '../../document/json-at.ts'

/** How a number or a length of time is compared. */
export type Comparator = 'atLeast' | 'atMost' | 'moreThan' | 'lessThan' | 'exactly' | 'between'

/** The comparators in the order in which they are offered. */
export const COMPARATORS: readonly Comparator[] = [
  'atLeast',
  'atMost',
  'moreThan',
  'lessThan',
  'exactly',
  'between',
]

/** The comparator that an object carries. */
export function comparatorIn(node: JsonObject): Comparator | undefined {
  return COMPARATORS.find((name) => Object.hasOwn(node, name))
}

/** The object with another comparator, which takes over what the one before compared with. */
export function withComparator(node: JsonObject, to: Comparator): JsonObject {
  const from = comparatorIn(node)
  const bound = from === undefined ? undefined : memberOf(node, from)
  const others = Object.entries(node).filter(([name]) => name !== from)
  const first = isJsonList(bound) ? (bound[0] ?? null) : (bound ?? null)
  const last = isJsonList(bound) ? (bound[1] ?? null) : first
  const next: Json = to === 'between' ? [first, last] : first
  return { ...Object.fromEntries(others), [to]: next }
}

/** A comparator in words. */
export function comparatorWords(comparator: Comparator): string {
  return WORDS[comparator]()
}

const WORDS: Readonly<Record<Comparator, () => string>> = {
  atLeast: () => __('at least', 'attune'),
  atMost: () => __('at most', 'attune'),
  moreThan: () => __('more than', 'attune'),
  lessThan: () => __('less than', 'attune'),
  exactly: () => __('exactly', 'attune'),
  between: () => __('between', 'attune'),
}
