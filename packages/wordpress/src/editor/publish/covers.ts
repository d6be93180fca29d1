import type { VariantBlock } from '../../blocks/variant/variant.ts'

type Asked = Pick<VariantBlock, 'segments' | 'match' | 'from' | 'until'>

/** Whether everybody who belongs to a later variant certainly belongs to an earlier one, so that nobody gets to the later. */
export function covers(earlier: Asked, later: Asked): boolean {
  const isLimited = earlier.from !== '' || earlier.until !== ''
  if (isLimited || earlier.segments.length === 0 || later.segments.length === 0) return false
  if (earlier.match === 'nobody' || later.match === 'nobody') return false
  const has = (key: string): boolean => earlier.segments.includes(key)
  if (earlier.match === 'none' || later.match === 'none') {
    // In none of the later's segments, so in none of the earlier's, if those are among them.
    return earlier.match === later.match && earlier.segments.every((key) => later.segments.includes(key))
  }
  // Of one segment, any is all.
  const needsAll = earlier.match === 'all' && earlier.segments.length > 1
  const givesAll = later.match === 'all' || later.segments.length === 1
  if (needsAll) return givesAll && earlier.segments.every((key) => later.segments.includes(key))
  return givesAll ? later.segments.some(has) : later.segments.every(has)
}
