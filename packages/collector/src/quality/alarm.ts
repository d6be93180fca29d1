/**
 * What is wrong with what is heard: fewer or more events than this hour of the week has; a property that came up or is gone; a declared
 * property that is missing, or of another type, more often than it was; times that cannot be right.
 */
export type AlarmKind =
  | 'volume-drop'
  | 'volume-spike'
  | 'new-property'
  | 'vanished-property'
  | 'missing-field'
  | 'type-drift'
  | 'time-out-of-line'

/** Something that should be looked at. Holds counts and declared names, nothing of a visitor. */
export interface Alarm {
  readonly kind: AlarmKind
  readonly event: string
  /** The property, where it is about one. */
  readonly property?: string | undefined
  /** The beginning of the window in which it was first seen, milliseconds. */
  readonly since: number
  /** What such a window usually has: a number of events, or a share of them from 0 to 1. */
  readonly expected: number
  /** What the window had. */
  readonly seen: number
}

/** News of an alarm; of state `test` one that only tries whether it arrives. */
export interface AlarmChange {
  readonly state: 'raised' | 'cleared' | 'test'
  readonly alarm: Alarm
  /** The end of the window that made it so, milliseconds. */
  readonly time: number
}

/** Names an alarm: one of a name is open at a time. */
export function alarmName({ kind, event, property }: Pick<Alarm, 'kind' | 'event' | 'property'>): string {
  return [kind, event, property ?? ''].join(' ')
}

/** One sentence that says what is wrong. */
export function describeAlarm({ kind, event, property, expected, seen }: Alarm): string {
  switch (kind) {
    case 'volume-drop':
    case 'volume-spike':
      return `${event}: ${seen} events, where about ${Math.round(expected)} were expected.`
    case 'new-property':
      return `${event}: the property ${property} is new, on ${percent(seen)} of the events. Declare it, or stop sending it.`
    case 'vanished-property':
      return `${event}: the property ${property} is gone; ${percent(expected)} of the events had it.`
    case 'missing-field':
      return `${event}: ${percent(seen)} of the events lack ${property}, before it were ${percent(expected)}.`
    case 'type-drift':
      return `${event}: ${property} has another type than declared on ${percent(seen)} of the events, before on ${percent(expected)}.`
    case 'time-out-of-line':
      return `${event}: the time of ${percent(seen)} of the events cannot be right, before of ${percent(expected)}.`
  }
}

/** One sentence that says what the news is about. */
export function describeChange({ state, alarm }: AlarmChange): string {
  return state === 'test' ? 'A test of the alarms: nothing is wrong.' : describeAlarm(alarm)
}

/** News that only tries whether it arrives, in the shape of all others. `time` in milliseconds. */
export function testChange(time: number): AlarmChange {
  const alarm: Alarm = { kind: 'volume-drop', event: 'test', since: time, expected: 0, seen: 0 }
  return { state: 'test', alarm, time }
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
