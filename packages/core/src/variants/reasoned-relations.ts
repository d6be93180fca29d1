import type { Condition } from '../condition/condition.ts'
import { readEvents } from '../condition/needed-purposes.ts'
import { mayAllBe, type Statement } from '../condition/reason.ts'
import { definitionsOf, type Ruleset } from '../ruleset/ruleset.ts'
import type { Axes } from './collect-axes.ts'
import type { Cells } from './formula.ts'
import type { Reading } from './reading.ts'
import type { Relation } from './relation.ts'
import type { Work } from './solve.ts'

// Asking whether two statements fit together costs about as much as so many looks of a solver.
const COST = 50
// Ties between more conditions than that are no longer looked for.
const MOST_PAIRS = 300

interface Said {
  readonly statement: Statement
  readonly cells: Cells
}

interface Subject {
  readonly axis: number
  readonly all: Cells
  readonly names: ReadonlySet<string>
  readonly says: readonly Said[]
}

/**
 * What follows for one condition from another on a different axis, as far as it can be reasoned: who looked in the last
 * week looked in the last month. It stops when half of the work is done.
 */
export function reasonedRelations(axes: Axes, ruleset: Ruleset, work: Work): readonly Relation[] {
  const subjects = axes.readings.flatMap((reading) => subjectOf(axes, reading, ruleset))
  const reserve = work.left / 2
  const relations: Relation[] = []
  let pairs = 0
  for (const [at, one] of subjects.entries()) {
    for (const other of subjects.slice(at + 1)) {
      if (work.left-- < reserve) return relations
      if (!isSame(one, other)) continue
      if (++pairs > MOST_PAIRS) return relations
      relations.push(...relate(one, other, ruleset, work))
    }
  }
  return relations
}

function isSame(one: Subject, other: Subject): boolean {
  return one.axis !== other.axis && [...one.names].some((name) => other.names.has(name))
}

function relate(one: Subject, other: Subject, ruleset: Ruleset, work: Work): readonly Relation[] {
  return one.says.flatMap((a) =>
    other.says.flatMap((b): readonly Relation[] => {
      work.left -= COST
      if (mayAllBe([a.statement, b.statement], ruleset)) return []
      const then = { axis: other.axis, cells: other.all & ~b.cells }
      return [{ when: { axis: one.axis, cells: a.cells }, then }]
    }),
  )
}

function subjectOf(axes: Axes, reading: Reading, ruleset: Ruleset): readonly Subject[] {
  const { condition } = reading
  const read = axes.formulaOf(reading, true)
  if (condition === undefined || !('axis' in read)) return []
  const { all, cells } = axes.list[read.axis]!
  const { true: yes, false: no } = cells.get(reading)!
  const says = [
    { statement: { condition, is: 'true' }, cells: yes },
    { statement: { condition, is: 'false' }, cells: no },
    { statement: { condition, is: 'not-true' }, cells: all & ~yes },
    { statement: { condition, is: 'not-false' }, cells: all & ~no },
  ] as const
  // Where nothing is unknown, not being true is being false.
  const different = says.filter(
    (said, at) => said.cells !== 0n && says.findIndex(({ cells: same }) => same === said.cells) === at,
  )
  return [{ axis: read.axis, all, names: namesOf(condition, ruleset), says: different }]
}

// What a condition is about; of conditions that share nothing, nothing follows.
function namesOf(condition: Condition, ruleset: Ruleset): ReadonlySet<string> {
  const events = readEvents(condition, definitionsOf(ruleset)).map((event) => `event ${event}`)
  if ('attr' in condition) return new Set([`attr ${condition.attr}`])
  if ('touch' in condition) return new Set([`touch ${condition.of}`])
  return new Set(events)
}
