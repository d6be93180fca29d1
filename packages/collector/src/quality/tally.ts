import { type EventDefinition, own } from '@attune/core'

/** What one window heard of one event. */
export interface Tally {
  count: number
  /** Property → events that had it. */
  readonly present: Map<string, number>
  /** Declared property → events that had it with another type. */
  readonly odd: Map<string, number>
  /** Events whose time cannot be right. */
  outOfLine: number
}

// A sender that makes up names must not fill our memory.
const MOST_PROPERTIES = 64

/** An empty one. */
export function emptyTally(): Tally {
  return { count: 0, present: new Map(), odd: new Map(), outOfLine: 0 }
}

/** Adds an event. */
export function addTo(
  tally: Tally,
  properties: { readonly [name: string]: unknown },
  definition: EventDefinition | undefined,
  isOutOfLine: boolean,
): void {
  tally.count++
  if (isOutOfLine) tally.outOfLine++
  for (const name of Object.keys(properties)) {
    const value = own(properties, name)
    if (value === undefined || value === null) continue
    bump(tally.present, name)
    const declared = own(definition?.properties ?? {}, name)
    if (declared !== undefined && typeof value !== declared) bump(tally.odd, name)
  }
}

function bump(counts: Map<string, number>, name: string): void {
  const count = counts.get(name)
  if (count === undefined && counts.size >= MOST_PROPERTIES) return
  counts.set(name, (count ?? 0) + 1)
}
