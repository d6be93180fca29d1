import { boundsOf, comparatorOf } from '../condition/comparison.ts'
import type { InterestStrength, InterestTop, ScorePercentile, ScoreValue } from '../condition/condition.ts'
import type { Definitions, ScorePoints } from '../condition/definitions.ts'
import { wholeRange } from '../condition/range.ts'
import type { Where } from '../condition/where.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { isObject, type Json } from '../result/json.ts'
import type { Change } from './change.ts'
import { once } from './once.ts'
import { moreNeeded } from './propose-amounts.ts'

const UNIT = 10_000

/** As many more of each event of a score as bring it to a bound. */
export function proposePoints(
  condition: ScoreValue | ScorePercentile,
  seen: Json,
  { scores }: Definitions,
  wanted: boolean,
): readonly Change[] {
  const score = scores[condition.score]!
  const has = isObject(seen) ? Number(seen.points) : Number(seen)
  const targets =
    'percentile' in condition ? percentileTargets(condition, score.percentiles ?? [], wanted) : undefined
  const lacks = (targets ?? pointTargets(condition as ScoreValue, has, wanted)).map((target) => target - has)
  return lacks.flatMap((lack) =>
    score.points.flatMap((entry) =>
      once(entry.event, entry.where, timesFor(lack, pointsTogether(entry, score.points))),
    ),
  )
}

// An event earns the points of every entry it matches: of those that ask for nothing else than this one does.
function pointsTogether({ event, where }: ScorePoints, entries: readonly ScorePoints[]): number {
  const asked = new Map(Object.entries(where ?? {}))
  return entries
    .filter((entry) => entry.event === event)
    .filter((entry) =>
      Object.entries(entry.where ?? {}).every(([name, test]) => isSame(asked.get(name), test)),
    )
    .reduce((sum, { points }) => sum + points, 0)
}

function isSame(one: Where[string] | undefined, other: Where[string]): boolean {
  return one !== undefined && canonicalJson(one) === canonicalJson(other)
}

/** As many more events as make a value's interest as strong as asked, or another's stronger. */
export function proposeStronger(
  condition: InterestTop | InterestStrength,
  seen: Json,
  { interests }: Definitions,
  wanted: boolean,
): readonly Change[] {
  const family = interests[condition.interest]!
  const strengths = (Array.isArray(seen) ? seen : []) as readonly { value: string; points: number }[]
  const grow = (value: string, lack: number): readonly Change[] =>
    Object.entries(family.points).flatMap(([event, points]) => {
      const where: Where = { [family.of]: value }
      return once(event, where, timesFor(lack, points))
    })
  const pointsOf = (value: string) => strengths.find((each) => each.value === value)?.points ?? 0
  if ('value' in condition) {
    const has = pointsOf(condition.value)
    return pointTargets(condition, has, wanted).flatMap((target) => grow(condition.value, target - has))
  }
  const { is, top } = condition
  const others = strengths.filter(({ value, points }) => value !== is && points > 0)
  // A tie may be won or lost by code points, so a little more than the rival is asked for; fewer are tried later.
  if (wanted) return grow(is, (others[top - 1]?.points ?? 0) - pointsOf(is) + TIE)
  const rival = others[top - 1]
  return rival === undefined ? [] : grow(rival.value, pointsOf(is) - rival.points + TIE)
}

const TIE = 0.00000001

function timesFor(lack: number, points: number): number | undefined {
  return points > 0 && lack > 0 ? Math.max(1, Math.ceil(lack / points - 1e-9)) : undefined
}

function pointTargets(
  condition: ScoreValue | InterestStrength,
  has: number,
  wanted: boolean,
): readonly number[] {
  const range = wholeRange(condition, (bound) => Math.round(bound * UNIT))
  const more = moreNeeded(Math.floor(has * UNIT), range, wanted)
  return more === undefined ? [] : [has + more / UNIT]
}

// The values of the table at which the place passes.
function percentileTargets(
  { percentile }: ScorePercentile,
  table: readonly number[],
  wanted: boolean,
): readonly number[] {
  const bounds = boundsOf(percentile, Number)
  const isAbove = comparatorOf(percentile) === 'moreThan' || !wanted
  return bounds.flatMap((bound) => table[isAbove ? bound + 1 : bound] ?? [])
}
