import { isObject } from '@attune/core'

/** Seconds since 1970 from which, and before which, a variant may be shown. */
type Instant = number | null | undefined

/** An audience: `any`, `all` or `none` of segments; `all` of none is everybody. */
export type SlotAudience = readonly [how: 'any' | 'all' | 'none', segments: readonly string[]]

/** A variant that may be chosen; a share is of buckets, the second not included, among an audience. */
export type SlotVariant =
  | readonly [key: string, ...SlotAudience, from?: Instant, until?: Instant]
  | readonly [
      key: string,
      how: 'share',
      buckets: readonly [number, number],
      from?: Instant,
      until?: Instant,
      among?: SlotAudience,
    ]

/** What a WordPress tells an edge of a placement: its id, the variant shown otherwise, the variants in order. */
export interface Slot {
  readonly p: string
  readonly d: string
  readonly v: readonly SlotVariant[]
}

// As PHP's htmlspecialchars writes them; a rewriter gives attributes as they stand in the source.
const ENTITIES: { readonly [entity: string]: string } = {
  '&quot;': '"',
  '&#039;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
}

/** Reads the `data-attune` of a slot, as it stands in the source; `undefined` when it is damaged. */
export function parseSlot(source: string | null): Slot | undefined {
  try {
    const text = (source ?? '').replace(/&(?:quot|#039|lt|gt|amp);/g, (entity) => ENTITIES[entity]!)
    const slot: unknown = JSON.parse(text)
    return isSlot(slot) ? slot : undefined
  } catch {
    return undefined
  }
}

function isSlot(value: unknown): value is Slot {
  if (!isObject(value) || typeof value.p !== 'string' || typeof value.d !== 'string') return false
  return Array.isArray(value.v) && value.v.every(isVariant)
}

function isVariant(value: unknown): boolean {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false
  const [, how, of, from, until, among] = value
  if (!isInstant(from) || !isInstant(until)) return false
  if (how !== 'share') return isAudience([how, of])
  return isBuckets(of) && (among === undefined || isAudience(among))
}

function isAudience(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const [how, of] = value
  return (
    ['any', 'all', 'none'].includes(how) && Array.isArray(of) && of.every((key) => typeof key === 'string')
  )
}

function isBuckets(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isInteger(one))
}

function isInstant(value: unknown): value is Instant {
  return value === undefined || value === null || typeof value === 'number'
}
