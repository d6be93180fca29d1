import { DENIED, type SweepField } from './published-sweep.ts'

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
    for (let at = 0; at < uses.length; ) {
      const spansEnd = at + 1 + uses[at]!
      const termsEnd = spansEnd + 1 + uses[spansEnd]!
      if (place === DENIED || !holds(uses, at + 1, spansEnd, place)) {
        for (let term = spansEnd + 1; term < termsEnd; term++) {
          bits[start + (uses[term]! >>> 5)]! &= ~(1 << (uses[term]! & 31))
        }
      }
      at = termsEnd
    }
    return start
  }

  return { bits, rowOf }
}

// Tells whether a class lies in the spans that stand from `from` to before `end`.
function holds(list: readonly number[], from: number, end: number, place: number): boolean {
  for (let at = from; at < end; at += 2) {
    if (place < list[at]!) return false
    if (place < list[at + 1]!) return true
  }
  return false
}
