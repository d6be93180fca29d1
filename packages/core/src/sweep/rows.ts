import { DENIED, type SweepField } from './published-sweep.ts'
import { holds } from './spans.ts'

/** A row of bits for each class of each field: the terms that a value of the class leaves standing. */
export interface Rows {
  /** All rows, one after another, `words` long each. */
  readonly bits: Int32Array
  /** Where the row of a class begins in `bits`. */
  readonly rowOf: (field: number, place: number) => number
}

/** Makes a table whose rows are written when their class is first met, so that a first answer waits for few of them. */
export function createRows(fields: readonly SweepField[], firsts: Int32Array, words: number): Rows {
  const rows = firsts[fields.length]!
  // One row more: that 0 can say "not written".
  const bits = new Int32Array((rows + 1) * words)
  const starts = new Int32Array(rows)

  function rowOf(field: number, place: number): number {
    const row = firsts[field]! + place
    const start = starts[row]!
    return start === 0 ? write(row, fields[field]!, place) : start
  }

  function write(row: number, { uses }: SweepField, place: number): number {
    const start = (row + 1) * words
    starts[row] = start
    bits.fill(-1, start, start + words)
    for (const [spans, terms] of uses) {
      if (place !== DENIED && holds(spans, place)) continue
      for (const term of terms) bits[start + (term >>> 5)]! &= ~(1 << (term & 31))
    }
    return start
  }

  return { bits, rowOf }
}
