import type { Answer } from './world.ts'

/** An operator or comparator and what it wants. */
export interface Test {
  readonly [operator: string]: unknown
}

/** Passes a number through the comparator of a test whose bounds `unit` reads. */
export function compare(value: number, test: Test, unit: (bound: unknown) => number = Number): boolean {
  if (test.atLeast !== undefined) return value >= unit(test.atLeast)
  if (test.atMost !== undefined) return value <= unit(test.atMost)
  if (test.moreThan !== undefined) return value > unit(test.moreThan)
  if (test.lessThan !== undefined) return value < unit(test.lessThan)
  if (test.exactly !== undefined) return value === unit(test.exactly)
  const [from, to] = test.between as readonly unknown[]
  return value >= unit(from) && value <= unit(to)
}

/** The bounds of a comparator. */
export function bounds(test: Test): readonly unknown[] {
  const one = test.atLeast ?? test.atMost ?? test.moreThan ?? test.lessThan ?? test.exactly
  return one === undefined ? (test.between as readonly unknown[]) : [one]
}

/** Says how a value stands to a test of `attr`. */
export function testValue(value: unknown, test: Test): Answer {
  if (test.exists !== undefined) return isThere(value) === test.exists
  if (!isThere(value)) return null
  // Beyond what every language holds exactly, a number is of no type.
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return null
  const fold = (text: unknown) => (test.ignoreCase === true && typeof text === 'string' ? lower(text) : text)
  const held = Array.isArray(value) ? value.map(fold) : fold(value)
  if (test.is !== undefined) return typeof held === typeof test.is ? held === fold(test.is) : null
  if (test.isNot !== undefined) return typeof held === typeof test.isNot ? held !== fold(test.isNot) : null
  const list = (test.in ?? test.notIn) as readonly unknown[] | undefined
  if (list !== undefined) {
    if (typeof held !== typeof list[0]) return null
    return list.map(fold).includes(held) === (test.in !== undefined)
  }
  if (test.contains !== undefined) return text(held, (own) => own.includes(fold(test.contains) as string))
  if (test.startsWith !== undefined)
    return text(held, (own) => own.startsWith(fold(test.startsWith) as string))
  if (test.endsWith !== undefined) return text(held, (own) => own.endsWith(fold(test.endsWith) as string))
  if (test.hasAny !== undefined)
    return texts(held, (own) => (test.hasAny as unknown[]).map(fold).some((item) => own.includes(item)))
  if (test.hasAll !== undefined)
    return texts(held, (own) => (test.hasAll as unknown[]).map(fold).every((item) => own.includes(item)))
  if (test.versionAtLeast !== undefined) return version(held, test.versionAtLeast, (order) => order >= 0)
  if (test.versionAtMost !== undefined) return version(held, test.versionAtMost, (order) => order <= 0)
  return typeof held === 'number' ? compare(held, test) : null
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))
}

function lower(value: string): string {
  return [...value]
    .map((letter) =>
      letter >= 'A' && letter <= 'Z' ? String.fromCharCode(letter.charCodeAt(0) + 32) : letter,
    )
    .join('')
}

function text(value: unknown, passes: (value: string) => boolean): Answer {
  return typeof value === 'string' ? passes(value) : null
}

function texts(value: unknown, passes: (value: readonly unknown[]) => boolean): Answer {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? passes(value) : null
}

function version(value: unknown, bound: unknown, passes: (order: number) => boolean): Answer {
  if (typeof value !== 'string' || !/^\d+(\.\d+)*$/.test(value)) return null
  const [left, right] = [value, bound as string].map((dotted) => dotted.split('.').map(BigInt))
  for (let at = 0; at < Math.max(left!.length, right!.length); at++) {
    const [a, b] = [left![at] ?? 0n, right![at] ?? 0n]
    if (a !== b) return passes(a < b ? -1 : 1)
  }
  return passes(0)
}
