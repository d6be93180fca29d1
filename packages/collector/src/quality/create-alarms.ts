import { type Alarm, type AlarmChange, describeAlarm, describeChange } from './alarm.ts'
import type { Watch } from './create-watch.ts'
import type { AlarmSink } from './create-webhook.ts'

/** Who is told of alarms. */
export interface AlarmsOptions {
  readonly watch: Pick<Watch, 'look' | 'open'>
  readonly sinks: readonly AlarmSink[]
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Hears why somebody could not be told; what was not told is tried again at the next look. */
  readonly onError: (error: unknown) => void
}

/** How collection stands, for a health page: `why` is missing while no alarm is open. */
export interface CollectionHealth {
  readonly why?: string | undefined
  readonly facts: { readonly alarms: number }
}

/** Looks after the alarms of a watch. */
export interface Alarms {
  /** Judges what ended and tells the news; to be called about once a minute. Never rejects. */
  look(): Promise<void>
  health(): CollectionHealth
  open(): readonly Alarm[]
}

// A sink that is away for long hears the latest.
const MOST_UNTOLD = 100

/** Creates what looks after the alarms of a watch. */
export function createAlarms({ watch, sinks, clock = Date.now, onError }: AlarmsOptions): Alarms {
  const lines = sinks.map((sink) => ({ sink, untold: [] as AlarmChange[] }))
  let telling: Promise<void> = Promise.resolve()

  async function tell({ sink, untold }: (typeof lines)[number]): Promise<void> {
    try {
      for (let [change] = untold; change !== undefined; [change] = untold) {
        await sink(change)
        untold.shift()
      }
    } catch (error) {
      onError(error)
      untold.splice(0, untold.length - MOST_UNTOLD)
    }
  }

  return {
    look: () => {
      telling = telling.then(async () => {
        const changes = watch.look(clock())
        for (const { untold } of lines) untold.push(...changes)
        await Promise.all(lines.map(tell))
      })
      return telling
    },
    health: () => {
      const open = watch.open()
      const [first] = open
      const more = open.length > 1 ? ` And ${open.length - 1} more.` : ''
      return {
        ...(first === undefined ? {} : { why: `${describeAlarm(first)}${more}` }),
        facts: { alarms: open.length },
      }
    },
    open: watch.open,
  }
}

/** Creates a sink that writes one line of text per news. */
export function createAlarmLog(write: (line: string) => void): AlarmSink {
  return (change) => {
    write(`${new Date(change.time).toISOString()} alarm ${change.state}: ${describeChange(change)}`)
  }
}
