import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CollectorOptions } from '@attune/collector'
import {
  type AlarmSink,
  type Alarms,
  createAlarms,
  createBehaviour,
  createLimiter,
  createWatch,
  createWebhook,
  describeAlarm,
  type SavedWatch,
} from '@attune/collector/quality'
import {
  type Call,
  CannotRun,
  type Command,
  isSet,
  textOption,
  textOptions,
  wholeOption,
} from '../command.ts'
import type { Io } from '../io.ts'
import type { LookAtPart } from '../telemetry/health.ts'
import type { Log } from '../telemetry/log.ts'

/** The options by which noise is kept out of what is collected. */
export const QUALITY_OPTIONS: Command['options'] = {
  behaviour: {
    type: 'boolean',
    help: 'Tells programs by what they do as well, not by their user agents alone.',
  },
  limits: {
    type: 'boolean',
    help: 'Lets through so many batches a second from a visitor and an address block; others get 429.',
  },
  'trusted-proxy': {
    type: 'string',
    value: '<range>',
    multiple: true,
    help: 'A proxy whose X-Forwarded-For --limits and --sockets believe, e.g. 10.0.0.0/8. Repeatable.',
  },
  'key-rate': {
    type: 'string',
    value: '<number>',
    help: 'Requests a second that --limits lets through with one write key of --formats, ten times as many at once. Default: any number.',
  },
  alarms: {
    type: 'boolean',
    help: 'Says in the log, at /health and to ATTUNE_ALARM_WEBHOOK when what is collected is not as it was.',
  },
}

/** What of it was asked for. */
export interface OpenedQuality {
  readonly collector: Pick<CollectorOptions, 'limiter' | 'behaviour' | 'watch'>
  /** Parts of the health page. */
  readonly parts: { readonly [part: string]: LookAtPart }
  /** The alarms that are open; missing where nobody looks for any. */
  readonly alarms?: Alarms['open']
  /** Keeps what was learnt. */
  close(): void
}

const WATCH_FILE = 'watch.json'
const LOOK_MS = 60_000
const LOOKS_A_SAVE = 60

/**
 * Opens what the options ask for. `folder` keeps what alarms have learnt from one start to the next; without it they begin anew.
 * @throws CannotRun when a proxy is no address or the webhook cannot be.
 */
export function openQuality(call: Call, env: Io['env'], log: Log, folder: string | undefined): OpenedQuality {
  const trustedProxies = textOptions(call, 'trusted-proxy')
  if (trustedProxies.length > 0 && !isSet(call, 'limits') && !isSet(call, 'sockets')) {
    throw new CannotRun('--trusted-proxy is for --limits and --sockets. Say one of them, or leave it out.')
  }
  const key = readKeyRate(call)
  const guards = orCannotRun(() => ({
    ...(isSet(call, 'limits') ? { limiter: createLimiter({ trustedProxies, key }) } : {}),
    ...(isSet(call, 'behaviour') ? { behaviour: createBehaviour() } : {}),
  }))
  if (!isSet(call, 'alarms')) return { collector: guards, parts: {}, close: () => {} }
  const sinks = orCannotRun(() => openSinks(env, log))
  const file = folder === undefined ? undefined : join(folder, WATCH_FILE)
  const watch = createWatch({ saved: file === undefined ? undefined : readSaved(file, log) })
  const alarms = createAlarms({ watch, sinks, onError: (error) => log.trouble('alarm', error) })
  const save = (): void => {
    try {
      if (file !== undefined) replaceFile(file, JSON.stringify(watch.save()))
    } catch (error) {
      log.trouble('watch', error)
    }
  }
  let looks = 0
  const timer = setInterval(() => {
    void alarms.look()
    if (++looks % LOOKS_A_SAVE === 0) save()
  }, LOOK_MS)
  timer.unref()
  return {
    collector: { ...guards, watch },
    parts: { collection: async () => alarms.health() },
    alarms: alarms.open,
    close: () => {
      clearInterval(timer)
      save()
    },
  }
}

function readKeyRate(call: Call): { readonly perSecond: number; readonly burst: number } | undefined {
  if (textOption(call, 'key-rate') === undefined) return undefined
  if (!isSet(call, 'limits')) throw new CannotRun('--key-rate is for --limits. Say both, or leave it out.')
  const perSecond = wholeOption(call, 'key-rate', { least: 1, most: 1_000_000, fallback: 1 })
  return { perSecond, burst: 10 * perSecond }
}

function openSinks(env: Io['env'], log: Log): readonly AlarmSink[] {
  const tell: AlarmSink = ({ state, alarm }) => {
    const fields = { alarm: alarm.kind, of: alarm.event, property: alarm.property ?? null }
    return state === 'raised'
      ? log.warn('alarm', `Alarm: ${describeAlarm(alarm)}`, fields)
      : log.tell('alarm-over', `As usual again: ${describeAlarm(alarm)}`, fields)
  }
  const { ATTUNE_ALARM_WEBHOOK: url, ATTUNE_ALARM_SECRET: secret = '' } = env
  if (url === undefined || url === '') return [tell]
  if (secret === '') throw new Error('ATTUNE_ALARM_WEBHOOK needs ATTUNE_ALARM_SECRET to sign messages with.')
  return [tell, createWebhook({ url, secret })]
}

function orCannotRun<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw new CannotRun(error instanceof Error ? error.message : String(error))
  }
}

// What was learnt is worth a line in the log, not a start.
function readSaved(file: string, log: Log): SavedWatch | undefined {
  if (!existsSync(file)) return undefined
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'))
    createWatch({ saved: saved as SavedWatch })
    return saved as SavedWatch
  } catch (error) {
    log.trouble('watch', error)
    return undefined
  }
}

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
