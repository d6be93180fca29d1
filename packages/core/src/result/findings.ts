import { isObject } from './json.ts'
import { jsonPath } from './json-path.ts'
import type { Problem } from './result.ts'

/** So many errors are told; who made more mends these first. */
export const MAX_ERRORS = 100
/** And so many warnings. */
const MAX_WARNINGS = 1_000

/** Collects what a checker finds, in the order of the document. */
export class Findings {
  readonly problems: Problem[] = []
  #errors = 0

  /** How many errors were found; beyond `MAX_ERRORS` they are counted no more. */
  get errors(): number {
    return this.#errors
  }

  /** Whether enough was found: whoever walks a document may stop. */
  get isFull(): boolean {
    return this.#errors > MAX_ERRORS
  }

  /** Whether enough was warned of. */
  get hasManyWarnings(): boolean {
    return this.problems.length >= MAX_WARNINGS
  }

  error(path: string, code: string, message: string, value?: unknown): void {
    if (this.isFull) return
    this.#errors += 1
    if (this.#errors <= MAX_ERRORS) this.problems.push({ path, code, severity: 'error', message, value })
    else
      this.problems.push({
        path: '$',
        code: 'too-many-problems',
        severity: 'error',
        message: `There are more than ${MAX_ERRORS} errors. Mend those above first.`,
      })
  }

  warning(path: string, code: string, message: string, value?: unknown): void {
    if (!this.hasManyWarnings) this.problems.push({ path, code, severity: 'warning', message, value })
  }

  /** Tells whether `value` is an object, and reports it when it is not. */
  object(path: string, value: unknown, what: string): value is { readonly [key: string]: unknown } {
    if (isObject(value)) return true
    this.error(path, 'not-an-object', `${what} is an object, not ${quote(value)}. Write { … }.`, value)
    return false
  }

  /** Reports every member that `known` does not name. */
  fields(path: string, value: { readonly [key: string]: unknown }, known: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (this.isFull) return
      if (known.includes(key)) continue
      this.error(
        jsonPath(path, key),
        'unknown-field',
        `There is no field ${quote(key)} here. Known: ${known.join(', ')}.${didYouMean(key, known)}`,
        key,
      )
    }
  }
}

/** A value as messages show it, cut at 60 characters. */
export function quote(value: unknown): string {
  const text = toText(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

// A value that no JSON can hold, such as a circle, is named by its type.
function toText(value: unknown): string {
  if (value === undefined) return 'nothing'
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return typeof value
  }
}

// A hint is not worth more time than this many names take.
const MAX_CANDIDATES = 500

/** The known name nearest to a mistyped one, as a hint for messages; empty when none is near. */
export function didYouMean(name: unknown, known: Iterable<unknown>): string {
  if (typeof name !== 'string' || name.length > 64) return ''
  let best = ''
  let least = 3
  let left = MAX_CANDIDATES
  for (const candidate of known) {
    if (left-- === 0) break
    if (typeof candidate !== 'string') continue
    const distance = editDistance(name, candidate, least)
    // Of a short name something has to stay as it was.
    if (distance < least && distance < candidate.length) {
      least = distance
      best = candidate
    }
  }
  return best === '' ? '' : ` Did you mean ${quote(best)}?`
}

function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  // What they begin and end with alike is no difference.
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return middleDistance(a.slice(start, a.length - end), b.slice(start, b.length - end), most)
}

function middleDistance(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1))
    }
    // No later row is below the least of this one.
    if (Math.min(...next) >= most) return most
    row = next
  }
  return row[b.length]!
}
