import { type AttuneEvent, IDENTIFY, TRAIT_WEIGHTS } from '@attune/core'

/** An event as stores keep it: its properties and its context are JSON text. */
export interface KeptEvent {
  readonly id: string
  readonly name: string
  /** Milliseconds. */
  readonly time: number
  readonly properties: string
  /** `null` when nothing was recorded. */
  readonly context: string | null
}

/**
 * Writes an event for keeping. What is folded is read back from it, so a later refold sees the same.
 * @throws TypeError when it is no event or its properties are no JSON.
 */
export function writeEvent({ id, name, time, properties, context }: AttuneEvent): KeptEvent {
  if (typeof id !== 'string' || typeof name !== 'string' || !Number.isFinite(time)) {
    throw new TypeError('[storage] append: an event lacks its id, name or time. Read events with parseEvent.')
  }
  return {
    id,
    name,
    time,
    properties: JSON.stringify(properties) ?? '{}',
    context: context === undefined ? null : JSON.stringify(context),
  }
}

/** Reads a kept event. */
export function readEvent({ id, name, time, properties, context }: KeptEvent): AttuneEvent {
  const event = { id, name, time, properties: JSON.parse(properties) }
  return context === null ? event : { ...event, context: JSON.parse(context) }
}

/**
 * Tells whether two events of one id are the same. Their time and their context are left out: a collector corrects the
 * one and records the other anew at each try. So is what the telling of traits weighs: the ruleset says it, which may have changed in between.
 */
export function isSameEvent(
  a: Pick<KeptEvent, 'name' | 'properties'>,
  b: Pick<KeptEvent, 'name' | 'properties'>,
): boolean {
  if (a.name !== b.name) return false
  return a.properties === b.properties || contentOf(a) === contentOf(b)
}

// The same members in another order are the same content.
function contentOf({ name, properties }: Pick<KeptEvent, 'name' | 'properties'>): string {
  return JSON.stringify(JSON.parse(properties), (key, value: unknown) => {
    if (key === TRAIT_WEIGHTS && name === IDENTIFY) return undefined
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
