import { type EventDefinition, own } from '@attune/core'
import type { AlarmKind } from './alarm.ts'
import { type Finding, OUT } from './finding.ts'
import { judgeShare, type Share } from './judge-share.ts'
import type { Tally } from './tally.ts'

// A share that moves by less is nothing to be called for.
const LEAST_CHANGE = 0.05
// What fewer events had than this was not there; what is on fewer is gone.
const ABSENT = 0.005
const GONE = 0.01

/** Finds what an event's properties and times have more or less often than before. */
export function findShares(
  event: string,
  definition: EventDefinition | undefined,
  history: readonly Tally[],
  now: Tally,
): readonly Finding[] {
  const findings: Finding[] = []
  const look = (
    kindOf: (expected: number, seen: number) => AlarmKind | undefined,
    shareOf: (tally: Tally) => Share,
    property?: string,
  ): void => {
    const judged = judgeShare(history.map(shareOf), shareOf(now))
    if (judged === undefined) return
    const { expected, seen } = judged
    const deviations = Math.abs(judged.deviations)
    const kind =
      deviations < OUT || Math.abs(seen - expected) < LEAST_CHANGE ? undefined : kindOf(expected, seen)
    if (kind === undefined) return
    // Of a field that is missing the share that lacks it is told.
    const told = kind === 'missing-field' ? { expected: 1 - expected, seen: 1 - seen } : { expected, seen }
    findings.push({ kind, event, property, ...told, deviations })
  }

  look(rises('time-out-of-line'), ({ outOfLine, count }) => ({ hits: outOfLine, of: count }))
  for (const property of namesOf(history, now)) {
    const isDeclared = own(definition?.properties ?? {}, property) !== undefined
    const hits = ({ present }: Tally): number => present.get(property) ?? 0
    look(presence(isDeclared), (tally) => ({ hits: hits(tally), of: tally.count }), property)
    if (!isDeclared) continue
    look(rises('type-drift'), (tally) => ({ hits: tally.odd.get(property) ?? 0, of: hits(tally) }), property)
  }
  return findings
}

function rises(kind: AlarmKind) {
  return (expected: number, seen: number): AlarmKind | undefined => (seen > expected ? kind : undefined)
}

function presence(isDeclared: boolean) {
  return (expected: number, seen: number): AlarmKind | undefined => {
    if (expected < ABSENT) return 'new-property'
    if (seen < GONE) return 'vanished-property'
    return isDeclared && seen < expected ? 'missing-field' : undefined
  }
}

function namesOf(history: readonly Tally[], now: Tally): ReadonlySet<string> {
  const names = new Set(now.present.keys())
  for (const { present } of history) for (const name of present.keys()) names.add(name)
  return names
}
