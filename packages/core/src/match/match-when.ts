import { FALSE, TRUE, UNKNOWN } from '../condition/truth.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { offsetChange, secondOfDay, weekdayOf, type ZoneOffset, zoneOffset } from './local-time.ts'
import { type Matcher, NEVER, type Scope } from './scope.ts'

const DAY = 86_400
// Three weeks and a lost day: past them an hour or weekday that did not change never will.
const HORIZON = 22 * DAY

/** Now lies in a span of time, local hours and local weekdays. */
export function compileWhen(when: LeafOf<'when'>): Matcher {
  const { from = -NEVER, until = NEVER, timezone } = when
  const local = compileLocal(when)
  const zone = timezone === 'visitor' ? undefined : rememberAnswer(local, zoneOffset(timezone))
  return (scope) => {
    const { now } = scope
    if (now >= until) return answer(scope, FALSE, NEVER)
    const asked = zone ?? visitorZone(local, scope)
    if (now < from) return answer(scope, FALSE, asked === undefined ? from : opening(asked, from, until))
    if (asked === undefined) return answer(scope, UNKNOWN, until)
    const [passes, change] = asked(now)
    if (passes) return answer(scope, TRUE, Math.min(change, until))
    return answer(scope, FALSE, change < until ? change : NEVER)
  }
}

/** Whether a second passes, and the first later second at which that differs. */
type LocalAnswer = (now: number) => readonly [passes: boolean, change: number]

function opening(asked: LocalAnswer, from: number, until: number): number {
  const [passes, change] = asked(from)
  const opens = passes ? from : change
  return opens < until ? opens : NEVER
}

interface LocalTest {
  readonly passes: (local: number) => boolean
  /** Seconds of the day at which the answer may change. */
  readonly edges: readonly number[]
}

function compileLocal({ hours, weekdays }: LeafOf<'when'>): LocalTest {
  const [start, end] = hours ?? [0, DAY]
  const inHours =
    start < end ? (at: number) => at >= start && at < end : (at: number) => at >= start || at < end
  const days = new Set(weekdays)
  const passes = (local: number) =>
    inHours(secondOfDay(local)) && (days.size === 0 || days.has(weekdayOf(local)))
  const edges = [...(hours === undefined ? [] : [start % DAY, end % DAY]), ...(days.size === 0 ? [] : [0])]
  return { passes, edges: [...new Set(edges)].sort((a, b) => a - b) }
}

function visitorZone(local: LocalTest, { context }: Scope): LocalAnswer | undefined {
  const minutes = context.utcOffset
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || Math.abs(minutes) > 24 * 60)
    return undefined
  return (now) => [local.passes(now + minutes * 60), nextChange(local, () => minutes * 60, now)]
}

// The answer depends on nothing but the clock, so one look-up serves until the next change.
function rememberAnswer(local: LocalTest, offset: ZoneOffset): LocalAnswer {
  let since = NEVER
  let known: readonly [boolean, number] = [false, -NEVER]
  return (now) => {
    if (now >= since && now < known[1]) return known
    known = [local.passes(now + offset(now)), nextChange(local, offset, now)]
    since = now
    return known
  }
}

function nextChange({ passes, edges }: LocalTest, offset: ZoneOffset, now: number): number {
  if (edges.length === 0) return NEVER
  const before = passes(now + offset(now))
  let at = now
  while (at < now + HORIZON) {
    const east = offset(at)
    const edge = at + untilEdge(edges, at + east)
    // Where clocks are changed on the way, look at that instant first: it may jump over an edge.
    at = offset(edge) === east ? edge : offsetChange(offset, at, edge)
    if (passes(at + offset(at)) !== before) return at
  }
  return NEVER
}

function untilEdge(edges: readonly number[], local: number): number {
  const second = secondOfDay(local)
  const next = edges.find((edge) => edge > second) ?? edges[0]! + DAY
  return next - second
}
