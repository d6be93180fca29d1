import { booleansFrom, numbersFrom } from './classes.ts'
import { FIRST_TEXT, MISSING, OTHER, OTHER_TEXT, type SweepField } from './published-sweep.ts'

/** Tells the classes of values. */
export interface ValueClasses {
  /** Where the classes of a field begin among those of all. */
  readonly firsts: Int32Array
  /** The class of a field's value, counted from the field's first. */
  readonly classOf: (field: number, value: unknown) => number
}

/** Lays fields out so that finding a value's class neither allocates nor depends on the shape of an object. */
export function createValueClasses(fields: readonly SweepField[]): ValueClasses {
  const size = fields.length
  const places: (ReadonlyMap<string, number> | undefined)[] = []
  const isWarm = new Uint8Array(size)
  const points: (readonly number[])[] = []
  const numbers = new Int32Array(size)
  const booleans = new Int32Array(size)
  const firsts = new Int32Array(size + 1)
  for (let field = 0; field < size; field++) {
    const described = fields[field]!
    places.push(undefined)
    points.push(described.points)
    numbers[field] = numbersFrom(described.texts.length)
    booleans[field] = booleansFrom(described.texts.length, described.points.length)
    firsts[field + 1] = firsts[field]! + booleans[field]! + 2
  }

  function classOf(field: number, value: unknown): number {
    if (typeof value === 'string') return places[field]?.get(value) ?? classOfText(field, value)
    if (typeof value === 'number') return classOfNumber(field, value)
    if (typeof value === 'boolean') return booleans[field]! + (value ? 1 : 0)
    // null and an object are the same as missing.
    if (value === undefined || value === null) return MISSING
    return typeof value === 'object' && !Array.isArray(value) ? MISSING : OTHER
  }

  // A first answer does not wait until all texts are hashed.
  function classOfText(field: number, value: string): number {
    const { texts } = fields[field]!
    if (places[field] === undefined) {
      if (isWarm[field] === 1) places[field] = new Map(texts.map((text, at) => [text, FIRST_TEXT + at]))
      isWarm[field] = 1
      const at = texts.indexOf(value)
      if (at >= 0) return FIRST_TEXT + at
    }
    return OTHER_TEXT
  }

  function classOfNumber(field: number, value: number): number {
    if (!(value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER)) return OTHER
    const list = points[field]!
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (list[middle]! < value) low = middle + 1
      else high = middle
    }
    const isPoint = low < list.length && list[low] === value
    return numbers[field]! + 2 * low + (isPoint ? 1 : 0)
  }

  return { firsts, classOf }
}
