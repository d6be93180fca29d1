import { fileURLToPath } from 'node:url'
import type { Condition } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { type Fields, readVectors } from '../../../../test/vectors/runner/read-vectors.ts'
import { ask, instants } from './ask.ts'
import { type Happening, inOrder, instant, type World } from './world.ts'

// Two readings of the language page, a person's cases and the oracle, must not differ.
const root = fileURLToPath(new URL('../../../../test/vectors', import.meta.url))
// The oracle keeps every value of an interest; that a profile keeps 64 is a limit of folding, which `fold` vectors show.
const BEYOND = ['condition/interest/many.json']
const files = readVectors(root).filter(
  ({ folder, path }) => folder.startsWith('condition/') && !BEYOND.includes(path),
)

function worldOf(fields: Fields, now: number): World {
  const { firstSeen, traits = {}, context = {}, consent = { preferences: true }, ruleset } = fields
  return {
    ruleset: { version: 1, revision: 'vectors', ...(ruleset as Fields | undefined) },
    events: eventsOf(fields).filter(({ at }) => at <= now),
    traits,
    context,
    consent,
    visitor: '',
    ...(firstSeen === undefined ? {} : { firstSeen: instant(firstSeen as string) }),
  } as World
}

function eventsOf(fields: Fields): readonly Happening[] {
  const batches = (fields.batches ?? [fields.events ?? []]) as readonly (readonly Fields[])[]
  const copies = batches.flat().flatMap((event) => {
    const whole: Fields = { ...(fields.event as Fields | undefined), ...event }
    return Array.from({ length: (event.repeat as number | undefined) ?? 1 }, () => whole)
  })
  const byId = new Map<unknown, Happening>()
  copies.forEach(({ time, properties = {}, ...event }, place) => {
    const { id = `e${place + 1}` } = event
    if (!byId.has(id)) byId.set(id, { ...event, id, properties, at: instant(time as string) } as Happening)
  })
  return [...byId.values()].sort(inOrder)
}

describe.each(files)('$path', ({ cases }) => {
  test.each(cases)('$name', ({ fields, expect: expected }) => {
    const now = instant(fields.now as string)
    const world = worldOf(fields, now)
    const condition = fields.condition as Condition
    const answer = ask(world, condition, now)
    expect(answer).toBe(expected.match)
    const change = instants(world, condition, now).find((at) => ask(world, condition, at) !== answer)
    // A vector may foresee less than the oracle knows, never more.
    const horizon = (expected.until ?? expected.untilNotAfter) as string | null | undefined
    if (horizon === undefined) return
    if (horizon !== null) expect(change ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(instant(horizon))
    else expect(change).toBeUndefined()
  })
})

test('there are vectors to compare with', () => {
  expect(files.length).toBeGreaterThan(50)
})
