import type { RichTextValue } from '@wordpress/rich-text'

/** Where a format begins and ends around the cursor; the selection itself when it is not in one. */
export function formatRange(
  { formats, start = 0, end = start }: RichTextValue,
  type: string,
): readonly [start: number, end: number] {
  const has = (at: number): boolean => formats[at]?.some((format) => format.type === type) === true
  // At the end of a format the cursor stands behind its last letter.
  const inside = has(start) ? start : start - 1
  if (!has(inside)) return [start, end]
  let first = inside
  while (has(first - 1)) first--
  let last = inside
  while (has(last + 1)) last++
  return [first, last + 1]
}
