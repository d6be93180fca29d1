import { describe, expect, test } from 'vitest'
import { type AlarmChange, describeAlarm } from '../../src/quality/alarm.ts'
import { createAlarmLog, createAlarms } from '../../src/quality/create-alarms.ts'
import type { Watch } from '../../src/quality/create-watch.ts'

const TIME = Date.UTC(2026, 10, 22, 12)

function makeChange(event: string): AlarmChange {
  return {
    state: 'raised',
    time: TIME,
    alarm: { kind: 'volume-drop', event, since: TIME, expected: 400.4, seen: 12 },
  }
}

/** A watch that has so much news at each look. */
function makeWatch(...news: AlarmChange[][]): Pick<Watch, 'look' | 'open'> {
  const open = news.flat().map(({ alarm }) => alarm)
  return { look: () => news.shift() ?? [], open: () => open }
}

test('news reach every sink, in order', async () => {
  const heard: string[] = []
  const lines: string[] = []
  const alarms = createAlarms({
    watch: makeWatch([makeChange('a'), makeChange('b')]),
    sinks: [({ alarm }) => void heard.push(alarm.event), createAlarmLog((line) => lines.push(line))],
    clock: () => TIME,
    onError: (error) => expect.unreachable(String(error)),
  })
  await alarms.look()
  await alarms.look()
  expect(heard).toEqual(['a', 'b'])
  expect(lines).toEqual([
    '2026-11-22T12:00:00.000Z alarm raised: a: 12 events, where about 400 were expected.',
    '2026-11-22T12:00:00.000Z alarm raised: b: 12 events, where about 400 were expected.',
  ])
})

test('what a sink could not be told is told at the next look, and others are told meanwhile', async () => {
  const errors: unknown[] = []
  const heard: string[] = []
  const other: string[] = []
  let isAway = true
  const alarms = createAlarms({
    watch: makeWatch([makeChange('a')], [makeChange('b')]),
    sinks: [
      async ({ alarm }) => {
        if (isAway) throw new Error('away')
        heard.push(alarm.event)
      },
      ({ alarm }) => void other.push(alarm.event),
    ],
    clock: () => TIME,
    onError: (error) => errors.push(error),
  })
  await alarms.look()
  expect([heard, other, errors.length]).toEqual([[], ['a'], 1])
  isAway = false
  await alarms.look()
  expect([heard, other]).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('the health page hears of the first, and how many more', () => {
  const options = { sinks: [], onError: () => {} }
  expect(createAlarms({ watch: makeWatch(), ...options }).health()).toEqual({ facts: { alarms: 0 } })
  const two = createAlarms({ watch: makeWatch([makeChange('a'), makeChange('b')]), ...options })
  expect(two.health()).toEqual({
    why: 'a: 12 events, where about 400 were expected. And 1 more.',
    facts: { alarms: 2 },
  })
})

describe('a sentence', () => {
  const of = (kind: Parameters<typeof describeAlarm>[0]['kind']): string =>
    describeAlarm({ kind, event: 'view_item', property: 'price', since: 0, expected: 0.02, seen: 0.256 })
  test.each([
    [
      'new-property',
      'view_item: the property price is new, on 25.6 % of the events. Declare it, or stop sending it.',
    ],
    ['vanished-property', 'view_item: the property price is gone; 2 % of the events had it.'],
    ['missing-field', 'view_item: 25.6 % of the events lack price, before it were 2 %.'],
    ['type-drift', 'view_item: price has another type than declared on 25.6 % of the events, before on 2 %.'],
    ['time-out-of-line', 'view_item: the time of 25.6 % of the events cannot be right, before of 2 %.'],
  ] as const)('tells %s', (kind, sentence) => {
    expect(of(kind)).toBe(sentence)
  })
})
