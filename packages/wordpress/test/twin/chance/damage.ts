import type { Json } from '@attune/core'
import type { Random } from '../../../../core/test/oracle/random.ts'
import { ODD_VALUES } from './odd-values.ts'

// What strict reading lets through.
const ODD_JSON = ODD_VALUES.filter(
  (value) => typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER,
) as readonly Json[]
const NUMBERS = [-1, 0, 1, 2, 61, 10_000, 2 ** 31, 2 ** 53 - 1, 0.5, -(2 ** 53 - 1)]

/** The document with one to three places damaged: an odd value, a member gone or doubled, a number elsewhere. */
export function damage(random: Random, document: Json): Json {
  const damaged: unknown = structuredClone(document)
  for (let left = 1 + random.below(3); left > 0; left--) damageOnce(random, damaged)
  return damaged as Json
}

function damageOnce(random: Random, document: unknown): void {
  let place = document as Record<string, unknown>
  for (;;) {
    const name = random.pick(Object.keys(place))
    const member = place[name]
    const goesOn = typeof member === 'object' && member !== null && Object.keys(member).length > 0
    if (goesOn && random.chance(0.85)) place = member as Record<string, unknown>
    else return change(random, place, name)
  }
}

function change(random: Random, place: Record<string, unknown>, name: string): void {
  const value = place[name]
  if (typeof value === 'number' && random.chance(0.5))
    place[name] = random.pick([...NUMBERS, value + 1, -value])
  else if (random.chance(0.2) && !Array.isArray(place)) delete place[name]
  else if (random.chance(0.2)) place[`${name}x`] = structuredClone(value)
  else if (random.chance(0.3)) place[name] = structuredClone(random.pick(Object.values(place)))
  else place[name] = structuredClone(random.pick(ODD_JSON))
}
