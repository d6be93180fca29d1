import type { Random } from '../oracle/random.ts'

const NAMES = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length', '', ' ', '\u0000', '\u202e',
  'count', 'all', 'any', 'not', 'of', 'atLeast', 'where', 'within', 'segment', 'when', 'is', 'events', 'segments', 'view_item',
] // biome-ignore format: words, read at a glance as one list

/** Text that somebody might try. */
export function junkText(random: Random): string {
  return random.pick([
    ...NAMES,
    '7d',
    '9999999999w',
    '0d',
    '2026-12-01T00:00:00Z',
    'Europe/London',
    'visitor',
    'trait.__proto__',
    'query.constructor',
    '\ud83d',
    'x'.repeat(random.below(200)),
  ])
}

/** A number that somebody might try. */
export function junkNumber(random: Random): number {
  return random.pick([
    0,
    -0,
    1,
    -1,
    0.5,
    0.00001,
    31,
    32,
    1e9,
    2 ** 53,
    -(2 ** 53),
    1e308,
    5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    random.below(1000),
  ])
}

/** Any value that a reader of JSON, or a careless program, might hand over. */
export function junk(random: Random, depth = 3): unknown {
  const kind = random.below(depth > 0 ? 9 : 6)
  if (kind === 0) return null
  if (kind === 1) return random.chance(0.5)
  if (kind === 2) return junkNumber(random)
  if (kind === 3 || kind === 4) return junkText(random)
  if (kind === 5) return undefined
  if (kind === 6) return Array.from({ length: random.below(4) }, () => junk(random, depth - 1))
  const members = Array.from({ length: random.below(5) }, () => [junkText(random), junk(random, depth - 1)])
  return withOwn(members as [string, unknown][])
}

/** An object whose members are its own, `__proto__` too, as a reader of JSON makes it. */
export function withOwn(members: readonly (readonly [string, unknown])[]): object {
  const made = {}
  for (const [name, value] of members)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true })
  return made
}
