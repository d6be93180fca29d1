import type { Question } from '../match/scope.ts'
import { HAS_ANY, type SweepList } from './published-sweep.ts'
import type { ValueReader } from './read-values.ts'

/** Rows of bits for lists: the terms that a list with the same wanted elements leaves standing. */
export interface ListRows {
  readonly bits: Int32Array
  /** Where the row of each path's list begins in `bits`, as the last `read` found. */
  readonly rowAt: Int32Array
  /** Reads the lists of a question; `granted` are its purposes as bits. */
  readonly read: (question: Question, granted: number) => void
}

// So many different lists of a path keep their row; others write one anew each time.
const KEPT = 256
// No list at all, or none that may be read.
const NO_LIST = -1

/** Makes the rows; the paths come with the reader from the place `from` on. */
export function createListRows(
  lists: readonly SweepList[],
  words: number,
  reader: ValueReader,
  from: number,
): ListRows {
  const bits = new Int32Array(lists.length * (KEPT + 1) * words)
  const rowAt = new Int32Array(lists.length)
  const known = lists.map(() => new Map<number, number>())
  const bitOf: (ReadonlyMap<string, number> | undefined)[] = lists.map(() => undefined)

  function read(question: Question, granted: number): void {
    for (let list = 0; list < lists.length; list++) {
      const { needs } = lists[list]!
      const mayRead = needs === undefined || (granted & needs) === needs
      const held = mayRead ? heldOf(list, reader.read(from + list, question)) : NO_LIST
      rowAt[list] = known[list]!.get(held) ?? write(list, held)
    }
  }

  // A list with an element of another type is of the wrong type as a whole.
  function heldOf(list: number, value: unknown): number {
    if (!Array.isArray(value)) return NO_LIST
    bitOf[list] ??= new Map(lists[list]!.elements.map((element, bit) => [element, 1 << bit]))
    let held = 0
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at]
      if (typeof item !== 'string') return NO_LIST
      held |= bitOf[list].get(item) ?? 0
    }
    return held
  }

  function write(list: number, held: number): number {
    const rows = known[list]!
    const start = (list * (KEPT + 1) + rows.size) * words
    bits.fill(-1, start, start + words)
    const { tests } = lists[list]!
    for (let at = 0; at < tests.length; ) {
      const falseAt = at + 3 + tests[at + 2]!
      const end = falseAt + 1 + tests[falseAt]!
      const passes = held !== NO_LIST && hasElements(tests[at]!, held, tests[at + 1]!)
      if (!passes) clear(start, tests, at + 3, falseAt)
      if (passes || held === NO_LIST) clear(start, tests, falseAt + 1, end)
      at = end
    }
    if (rows.size < KEPT) rows.set(held, start)
    return start
  }

  function clear(start: number, terms: readonly number[], at: number, end: number): void {
    for (let place = at; place < end; place++) {
      bits[start + (terms[place]! >>> 5)]! &= ~(1 << (terms[place]! & 31))
    }
  }

  return { bits, rowAt, read }
}

function hasElements(test: number, held: number, mask: number): boolean {
  return test === HAS_ANY ? (held & mask) !== 0 : (held & mask) === mask
}
