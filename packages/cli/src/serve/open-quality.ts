import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CollectorOptions } from '@attune/collector'
import {
  type Alarms,
  createAlarms,
  createBehaviour,
  createWatch,
  type SavedWatch,
} from '@attune/collector/quality'
import {
  type Call,
  CannotRun,
  type Command,
  choiceOption,
  isSet,
  textOption,
  textOptions,
  wholeOption,
} from '../command.ts'
import type { Io } from '../io.ts'
import type { LookAtPart } from '../telemetry/health.ts'
import type { Log } from '../telemetry/log.ts'
import { openAlarmSinks } from './alarm-sinks.ts'
import { limitByAddress } from './limit-by-address.ts'

/** The options by which noise is kept out of what is collected. */
export const QUALITY_OPTIONS: Command['options'] = {
  behaviour: {
    type: 'boolean',
    help: 'Tells programs by what they do as well, not by their user agents alone.',
  },
  limits: {
    type: 'string',
    value: '<word>',
    help: 'Batches a second from a visitor and an address block, others get 429: `on`, or `off`. Default on.',
  },
  'trusted-proxy': {
    type: 'string',
    value: '<range>',
    multiple: true,
    help: 'A proxy in front, whose X-Forwarded-For limits and sockets believe, e.g. 127.0.0.1 or 10.0.0.0/8. Repeatable.',
  },
  'key-rate': {
    type: 'string',
    value: '<number>',
    help: 'Requests a second that are let through with one write key of --formats, ten times as many at once. Default: any number.',
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
  const isLimited = choiceOption(call, 'limits', ['on', 'off']) !== 'off'
  const key = readKeyRate(call, isLimited)
  const onUnnamed = (message: string): void => void log.warn('proxy', message)
  // Made also where nobody is limited: what was named is looked at all the same.
  const limiter = orCannotRun(() => limitByAddress({ trustedProxies, key, onUnnamed }))
  const guards = {
    ...(isLimited ? { limiter } : {}),
    ...(isSet(call, 'behaviour') ? { behaviour: createBehaviour() } : {}),
  }
  if (!isSet(call, 'alarms')) return { collector: guards, parts: {}, close: () => {} }
  const { inLog, webhook } = openAlarmSinks(env, log)
  const sinks = webhook === undefined ? [inLog] : [inLog, webhook.tell]
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

function readKeyRate(
  call: Call,
  isLimited: boolean,
): { readonly perSecond: number; readonly burst: number } | undefined {
  if (textOption(call, 'key-rate') === undefined) return undefined
  if (!isLimited) throw new CannotRun('--key-rate limits, and --limits off does not. Leave one of them out.')
  const perSecond = wholeOption(call, 'key-rate', { least: 1, most: 1_000_000, fallback: 1 })
  return { perSecond, burst: 10 * perSecond }
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
