import type { ServerResponse } from 'node:http'
import type { Alarm } from '@attune/collector/quality'
import { describeAlarm } from '@attune/collector/quality'
import type { Onlookers } from '@attune/collector/watching'
import type { HealthReport } from '../telemetry/health.ts'
import { NUMBERS, type Numbers } from './numbers.ts'
import { type EventStream, openEventStream } from './open-event-stream.ts'

/** What is told to those who look at the page. */
export interface NumbersSource {
  readonly onlookers: Pick<Onlookers, 'pulse'>
  /** Looks at the parts of the process. */
  readonly look: () => Promise<Pick<HealthReport, 'parts'>>
  /** The alarms that are open; without it nobody looks for any. */
  readonly alarms?: (() => readonly Alarm[]) | undefined
}

/** Streams numbers to everybody who looks: once each second for all of them together, and to nobody when nobody does. */
export interface NumbersStreams {
  /** Begins a stream; `onClose` hears when it ended. */
  open(outgoing: ServerResponse, onClose: () => void): EventStream
}

const EACH_MS = 1_000
// Looking at a store asks it something: more seldom than its own counts change.
const LOOK_MS = 5_000

/** Creates such streams. */
export function streamNumbers({ onlookers, look, alarms }: NumbersSource): NumbersStreams {
  const streams = new Set<EventStream>()
  let parts: Numbers['parts'] = []
  let timers: readonly NodeJS.Timeout[] = []

  const lookOnce = async (): Promise<void> => {
    // What went wrong there is told of the part itself.
    const report = await look().catch(() => undefined)
    parts = report?.parts.map(({ part, status }) => ({ part, status })) ?? parts
  }

  const textOf = (): string => {
    const open = alarms?.().map((alarm) => ({ since: alarm.since, text: describeAlarm(alarm) })) ?? null
    const numbers: Numbers = { ...onlookers.pulse(), parts, alarms: open }
    return JSON.stringify(numbers)
  }

  const tell = (): void => {
    const data = textOf()
    // Who is behind misses a second: the next numbers say all that these do.
    for (const stream of streams) if (!stream.isBehind()) stream.write([{ event: NUMBERS, data }])
  }

  const begin = (): void => {
    timers = [setInterval(tell, EACH_MS), setInterval(() => void lookOnce(), LOOK_MS)]
    for (const timer of timers) timer.unref()
    void lookOnce()
  }

  return {
    open: (outgoing, onClose) => {
      if (streams.size === 0) begin()
      const stream = openEventStream(outgoing, () => {
        streams.delete(stream)
        if (streams.size === 0) for (const timer of timers) clearInterval(timer)
        onClose()
      })
      streams.add(stream)
      stream.write([{ event: NUMBERS, data: textOf() }])
      return stream
    },
  }
}
