import { type EventDefinitions, EXPOSURE, findEvent } from '@attune/core'
import { type Alarm, type AlarmChange, alarmName } from './alarm.ts'
import { findShares } from './find-shares.ts'
import { findVolume } from './find-volume.ts'
import { FAR_OUT, type Finding } from './finding.ts'
import { addTo, emptyTally, type Tally } from './tally.ts'

/** An event as it came, whatever became of it. */
export interface HeardEvent {
  readonly name: string
  readonly properties: { readonly [name: string]: unknown }
  /** When its sender says it happened, by our clock, milliseconds; not held to what can be. */
  readonly time: number
}

/** How collection is watched. */
export interface WatchOptions {
  /** The ruleset's; other events are counted together as `(undeclared)`. A collector that is given the watch says them itself. Default none. */
  readonly events?: EventDefinitions | undefined
  /** Milliseconds of a window; a day is a whole number of them. Default one hour. */
  readonly window?: number | undefined
  /** What `save` said earlier: it goes on from there. */
  readonly saved?: SavedWatch | undefined
}

/** What a watch has learnt, as plain JSON; nothing in it names a visitor. */
export interface SavedWatch {
  readonly window: number
  /** The beginning of the window that comes next, milliseconds. */
  readonly next: number
  readonly events: readonly (readonly [name: string, SavedEvent])[]
}

/** The same of one event. */
export interface SavedEvent {
  readonly counts: readonly number[]
  readonly tallies: readonly SavedTally[]
}

/** A `Tally` as plain JSON. */
export interface SavedTally {
  readonly count: number
  readonly present: readonly (readonly [string, number])[]
  readonly odd: readonly (readonly [string, number])[]
  readonly outOfLine: number
}

/** Watches whether what is collected is as it was. */
export interface Watch {
  /** From now on events are those that this ruleset declares, and of properties that it does not those names are kept that `mayKeep` lets be: default all. */
  use(events: EventDefinitions, mayKeep?: (name: string) => boolean): void
  /** Hears of an event that came at `now`, milliseconds. */
  hear(event: HeardEvent, now: number): void
  /** Judges the windows that ended before `now`. To be called about once a window: when nothing comes, nothing calls. */
  look(now: number): readonly AlarmChange[]
  /** The alarms that are open. */
  open(): readonly Alarm[]
  save(): SavedWatch
}

/** What is known of one event. */
interface Memory {
  /** Counts of the windows of five weeks, the last window last; where an alarm was, what was expected. */
  counts: number[]
  /** What the last week's windows heard. */
  tallies: Tally[]
  now: Tally
}

interface Open {
  readonly alarm: Alarm
  windows: number
  quiet: number
}

/** The name under which events that the ruleset does not declare are counted. */
export const UNDECLARED = '(undeclared)'

const HOUR = 3_600_000
const DAY = 24 * HOUR
// Four weeks before each window of the last one.
const DAYS_KEPT = 36
// An event that is older when it comes, or from ahead of us, has a clock or a queue behind it that is not as it should be.
const OLD = 24 * HOUR
const AHEAD = 5 * 60_000
const QUIET_WINDOWS = 2

/**
 * Creates a watch. It judges volume from the ninth day on and shares from the second, and takes what lasts for more than a day and a
 * half to be as things are now.
 * @throws when a day is no whole number of windows.
 */
export function createWatch({ events: declared = {}, window = HOUR, saved }: WatchOptions = {}): Watch {
  const perDay = DAY / window
  if (!(Number.isInteger(perDay) && perDay >= 1)) {
    throw new Error(
      `[collector] watch: \`window\` is ${window}. Take milliseconds that divide a day, such as 3600000.`,
    )
  }
  let events = declared
  let mayKeepName = (_: string): boolean => true
  const memories = new Map<string, Memory>()
  const opened = new Map<string, Open>()
  for (const [name, event] of saved?.window === window ? saved.events : []) memories.set(name, restore(event))
  let suspects: ReadonlySet<string> = new Set()
  let next = saved?.window === window ? saved.next : undefined

  function memoryOf(name: string): Memory {
    const known = memories.get(name)
    if (known !== undefined) return known
    const fresh: Memory = { counts: [], tallies: [], now: emptyTally() }
    memories.set(name, fresh)
    return fresh
  }

  function endWindow(start: number): readonly AlarmChange[] {
    const findings = [...memories].flatMap(([name, { counts, tallies, now }]) => [
      ...findVolume(name, counts, now.count, perDay),
      ...findShares(name, findEvent(events, name), tallies, now),
    ])
    const changes = settle(opened, suspects, findings, start, start + window)
    suspects = new Set(findings.map(alarmName))
    for (const [name, memory] of memories) keep(name, memory, findings, [...opened.values()], perDay)
    return changes
  }

  return {
    use: (given, mayKeep = mayKeepName) => {
      events = given
      mayKeepName = mayKeep
    },
    hear: ({ name, properties, time }, now) => {
      next ??= startOf(now, window)
      const definition = findEvent(events, name)
      const tally = memoryOf(definition === undefined && name !== EXPOSURE ? UNDECLARED : name).now
      // What nobody declared has no schema to drift from.
      addTo(
        tally,
        definition === undefined ? {} : properties,
        { definition, mayKeep: mayKeepName },
        now - time > OLD || time - now > AHEAD,
      )
    },
    look: (now) => {
      const changes: AlarmChange[] = []
      // After a long sleep only what can still be judged.
      if (next !== undefined && now - next > DAYS_KEPT * DAY) next = undefined
      next ??= startOf(now, window)
      for (; next + window <= now; next += window) changes.push(...endWindow(next))
      return changes
    },
    open: () => [...opened.values()].map(({ alarm }) => alarm),
    save: () => ({
      window,
      next: next ?? 0,
      events: [...memories].map(([name, { counts, tallies }]) => [
        name,
        { counts, tallies: tallies.map(saveTally) },
      ]),
    }),
  }
}

// A window far out raises an alarm by itself, one that is merely out when the one before it was so too.
function settle(
  opened: Map<string, Open>,
  suspects: ReadonlySet<string>,
  findings: readonly Finding[],
  start: number,
  end: number,
): readonly AlarmChange[] {
  const changes: AlarmChange[] = []
  const found = new Set(findings.map(alarmName))
  for (const { deviations, ...finding } of findings) {
    const name = alarmName(finding)
    if (opened.has(name) || (deviations < FAR_OUT && !suspects.has(name))) continue
    const alarm: Alarm = { ...finding, since: start }
    opened.set(name, { alarm, windows: 0, quiet: 0 })
    changes.push({ state: 'raised', alarm, time: end })
  }
  for (const [name, open] of opened) {
    open.windows++
    open.quiet = found.has(name) ? 0 : open.quiet + 1
    if (open.quiet < QUIET_WINDOWS) continue
    opened.delete(name)
    changes.push({ state: 'cleared', alarm: open.alarm, time: end })
  }
  return changes
}

// What an alarm is about must not teach what is usual, but for what has lasted for a day.
function keep(
  name: string,
  memory: Memory,
  findings: readonly Finding[],
  opened: readonly Open[],
  perDay: number,
): void {
  const young = opened.filter(({ alarm, windows }) => alarm.event === name && windows <= perDay)
  const isVolume = ({ kind }: Pick<Alarm, 'kind'>): boolean =>
    kind === 'volume-drop' || kind === 'volume-spike'
  const usual = findings.find((finding) => finding.event === name && isVolume(finding))?.expected
  memory.counts.push(
    usual !== undefined && young.some(({ alarm }) => isVolume(alarm)) ? usual : memory.now.count,
  )
  memory.counts.splice(0, memory.counts.length - DAYS_KEPT * perDay)
  if (young.every(({ alarm }) => isVolume(alarm))) memory.tallies.push(memory.now)
  memory.tallies.splice(0, memory.tallies.length - 7 * perDay)
  memory.now = emptyTally()
}

function startOf(time: number, window: number): number {
  return Math.floor(time / window) * window
}

function saveTally({ count, present, odd, outOfLine }: Tally): SavedTally {
  return { count, present: [...present], odd: [...odd], outOfLine }
}

function restore({ counts, tallies }: SavedEvent): Memory {
  return {
    counts: [...counts],
    tallies: tallies.map(({ count, present, odd, outOfLine }) => ({
      count,
      present: new Map(present),
      // Nothing is added to what has ended.
      madeUp: new Set(),
      odd: new Map(odd),
      outOfLine,
    })),
    now: emptyTally(),
  }
}
