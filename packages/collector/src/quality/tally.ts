import { type EventDefinition, own } from '@attune/core'

/** What one window heard of one event. */
export interface Tally {
  count: number
  /** Property → events that had it. */
  readonly present: Map<string, number>
  /** Those of them that nobody declared, but for `(other)`. */
  readonly madeUp: Set<string>
  /** Declared property → events that had it with another type. */
  readonly odd: Map<string, number>
  /** Events whose time cannot be right. */
  outOfLine: number
}

/** Under this what senders made up is counted together: names that are too many, or that may say whose they are. */
export const OTHER = '(other)'

// A sender that makes up names must not fill our memory, nor crowd out what is declared.
const MOST_MADE_UP = 64
// What programmers name properties.
const NAME = /^[A-Za-z][\w-]{0,39}$/

/** An empty one. */
export function emptyTally(): Tally {
  return { count: 0, present: new Map(), madeUp: new Set(), odd: new Map(), outOfLine: 0 }
}

/** What is known of an event's properties. */
export interface Naming {
  readonly definition: EventDefinition | undefined
  /** Tells whether a name that nobody declared may be kept. */
  readonly mayKeep: (name: string) => boolean
}

/** Adds an event. */
export function addTo(
  tally: Tally,
  properties: { readonly [name: string]: unknown },
  { definition, mayKeep }: Naming,
  isOutOfLine: boolean,
): void {
  tally.count++
  if (isOutOfLine) tally.outOfLine++
  const madeUp: string[] = []
  for (const name of Object.keys(properties)) {
    const value = own(properties, name)
    if (value === undefined || value === null) continue
    const declared = own(definition?.properties ?? {}, name)
    if (declared === undefined) madeUp.push(name)
    else bump(tally.present, name)
    if (declared !== undefined && typeof value !== declared) bump(tally.odd, name)
  }
  addMadeUp(tally, madeUp, mayKeep)
}

function addMadeUp({ present, madeUp }: Tally, names: readonly string[], mayKeep: Naming['mayKeep']): void {
  let isOther = false
  for (const name of names) {
    const isKept = madeUp.has(name) || (madeUp.size < MOST_MADE_UP && NAME.test(name) && mayKeep(name))
    if (isKept) {
      madeUp.add(name)
      bump(present, name)
    } else isOther = true
  }
  if (isOther) bump(present, OTHER)
}

function bump(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
