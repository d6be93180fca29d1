import { evaluateSegments } from '@attune/core'
import { expect, test } from 'vitest'
import { prepare } from './ask.ts'
import { type Case, runCases } from './cases.ts'
import { firstChange } from './check-case.ts'

const SIZES = { worlds: 4, cuts: 2, nows: 5 }
/** Most of 100 answers whose `until` is earlier than the change, where the page allows that; 0 of all other kinds. */
const EARLY: { readonly [kind: string]: number } = { rfm: 15, tree: 5 }

interface Counts {
  all: number
  early: number
}

test('until is rarely earlier than the change, so that pages stay cached', { timeout: 60_000 }, () => {
  const byKind: Record<string, Counts> = {}
  runCases(1, 100, SIZES, (asked) => {
    count(asked, byKind)
    return []
  })
  const tooOften = Object.entries(byKind).filter(
    ([kind, { all, early }]) => early * 100 > all * (EARLY[kind] ?? 0),
  )
  expect(tooOften).toEqual([])
})

function count({ compiled, profile, world, now }: Case, byKind: Record<string, Counts>): void {
  const { context, consent, ruleset } = world
  const answers = evaluateSegments(compiled, { profile, context, consent, now: now * 1000 })
  for (const [key, { when }] of Object.entries(ruleset.segments!)) {
    const kind = key.split('-')[0]!
    const counts = byKind[kind] ?? { all: 0, early: 0 }
    byKind[kind] = counts
    counts.all++
    if (answers[key]!.until !== firstChange(prepare(world, when), now)) counts.early++
  }
}
