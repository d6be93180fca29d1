import type { NumberFact, Quantity, ValueFact } from './formula.ts'
import { greatestOf, intersect, leastOf, type NumberSet } from './number-set.ts'
import { mayBe } from './values.ts'

interface Held {
  readonly quantity: Quantity
  readonly among: NumberSet
}

/** Facts that can be so together, as far as is known. Adding one answers new facts and leaves these as they are. */
export class KnownFacts {
  readonly #numbers: ReadonlyMap<string, Held>
  readonly #values: ReadonlyMap<string, readonly ValueFact[]>

  constructor(
    numbers: ReadonlyMap<string, Held> = new Map(),
    values: ReadonlyMap<string, readonly ValueFact[]> = new Map(),
  ) {
    this.#numbers = numbers
    this.#values = values
  }

  /** These facts and one more, or nothing when they cannot be so together. */
  and(fact: NumberFact | ValueFact): KnownFacts | undefined {
    return 'quantity' in fact ? this.#andNumber(fact) : this.#andValue(fact)
  }

  /** How many steps it takes to add a fact. */
  costOf(fact: NumberFact | ValueFact): number {
    if ('quantity' in fact) return 1 + this.#numbers.size / 2
    const { test } = fact
    const items = 'wanted' in test && Array.isArray(test.wanted) ? test.wanted.length : 1
    return 4 + 2 * (this.#values.get(fact.value)?.length ?? 0) + items
  }

  /** Tells whether a fact can be so beside these. */
  allows(fact: NumberFact | ValueFact): boolean {
    return this.and(fact) !== undefined
  }

  #andNumber({ quantity, among }: NumberFact): KnownFacts | undefined {
    const before = this.#numbers.get(quantity.key)
    const held = { quantity, among: intersect(before?.among ?? quantity.domain, among) }
    if (held.among.length === 0 || !this.#isOrdered(held) || !this.#isRanked(held)) return undefined
    return new KnownFacts(new Map(this.#numbers).set(quantity.key, held), this.#values)
  }

  // What can never be greater than another is not when its least is greater than the other's greatest.
  #isOrdered(held: Held): boolean {
    const { quantity, among } = held
    if (quantity.family === undefined) return true
    for (const other of this.#numbers.values()) {
      if (other.quantity.family !== quantity.family || other.quantity.key === quantity.key) continue
      if (quantity.isWithin?.(other.quantity) && leastOf(among) > greatestOf(other.among)) return false
      if (other.quantity.isWithin?.(quantity) && leastOf(other.among) > greatestOf(among)) return false
    }
    return true
  }

  // No more than n of a ranking are among its first n.
  #isRanked({ quantity: { ranking, key }, among }: Held): boolean {
    if (ranking === undefined) return true
    const lowest = [greatestOf(among)]
    for (const other of this.#numbers.values())
      if (other.quantity.ranking === ranking && other.quantity.key !== key)
        lowest.push(greatestOf(other.among))
    return lowest.sort((a, b) => a - b).every((rank, before) => rank > before)
  }

  #andValue(fact: ValueFact): KnownFacts | undefined {
    const before = this.#values.get(fact.value) ?? []
    if (!mayBe(before, fact)) return undefined
    return new KnownFacts(this.#numbers, new Map(this.#values).set(fact.value, [...before, fact]))
  }
}
