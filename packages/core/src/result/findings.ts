import { isObject } from './json.ts'
import { jsonPath } from './json-path.ts'
import type { Problem } from './result.ts'

/** Collects what a checker finds, in the order of the document. */
export class Findings {
  readonly problems: Problem[] = []

  error(path: string, code: string, message: string, value?: unknown): void {
    this.problems.push({ path, code, severity: 'error', message, value })
  }

  warning(path: string, code: string, message: string, value?: unknown): void {
    this.problems.push({ path, code, severity: 'warning', message, value })
  }

  /** Tells whether `value` is an object, and reports it when it is not. */
  object(path: string, value: unknown, what: string): value is { readonly [key: string]: unknown } {
    if (isObject(value)) return true
    this.error(path, 'not-an-object', `${what} is an object.`, value)
    return false
  }

  /** Reports every member that `known` does not name. */
  fields(path: string, value: { readonly [key: string]: unknown }, known: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue
      this.error(
        jsonPath(path, key),
        'unknown-field',
        `There is no field ${quote(key)} here. Known: ${known.join(', ')}.`,
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
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return typeof value
  }
}

/** The known name nearest to a mistyped one, as a hint for messages; empty when none is near. */
export function didYouMean(name: unknown, known: Iterable<unknown>): string {
  if (typeof name !== 'string' || name.length > 64) return ''
  let best = ''
  let least = 3
  for (const candidate of known) {
    if (typeof candidate !== 'string') continue
    const distance = editDistance(name, candidate, least)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best === '' ? '' : ` Did you mean ${quote(best)}?`
}

function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
