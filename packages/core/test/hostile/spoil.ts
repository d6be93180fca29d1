import type { Random } from '../oracle/random.ts'
import { junk, junkNumber, junkText, withOwn } from './junk.ts'

/** Copies a document with one to four places spoilt: replaced, removed, renamed, doubled, or exchanged. */
export function spoil(random: Random, document: unknown): unknown {
  let spoilt = document
  for (let left = 1 + random.below(4); left > 0; left--) spoilt = spoilPlace(random, spoilt, 0)
  return spoilt
}

// Walks down at random and spoils where it stops.
function spoilPlace(random: Random, value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || (depth > 0 && random.chance(0.15)))
    return replace(random, value)
  const entries = Object.entries(value)
  if (entries.length === 0) return replace(random, value)
  const at = random.below(entries.length)
  const [name, member] = entries[at]!
  const changed = depth > 0 && random.chance(0.2) ? change(random, entries, at) : undefined
  const all = changed ?? entries.with(at, [name, spoilPlace(random, member, depth + 1)])
  return Array.isArray(value) ? all.map(([, item]) => item) : withOwn(all)
}

type Entries = readonly (readonly [string, unknown])[]

function change(random: Random, entries: Entries, at: number): Entries {
  const [name, member] = entries[at]!
  const rest = entries.filter((_, other) => other !== at)
  return random.pick<Entries>([
    rest,
    [...rest, [junkText(random), member]],
    [...entries, [junkText(random), junk(random)]],
    [...entries, [`${name}x`, member]],
    [...rest, [name, entries[random.below(entries.length)]![1]]],
  ])
}

function replace(random: Random, value: unknown): unknown {
  if (typeof value === 'number' && random.chance(0.6)) return junkNumber(random)
  if (typeof value === 'string' && random.chance(0.6))
    return random.chance(0.5) ? `${value}x` : junkText(random)
  return random.chance(0.2) ? [value] : junk(random)
}
