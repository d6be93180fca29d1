import { type AlarmChange, type AlarmSink, createWebhook, describeChange } from '@attune/collector/quality'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'
import type { Log } from '../telemetry/log.ts'

/** Who is told of alarms. */
export interface AlarmSinks {
  readonly inLog: AlarmSink
  /** Missing where ATTUNE_ALARM_WEBHOOK is not set. */
  readonly webhook?: Webhook | undefined
}

/** What posts alarms to ATTUNE_ALARM_WEBHOOK. */
export interface Webhook {
  /** Names it for people, without its path: that may be a secret. */
  readonly host: string
  /** Resolves to the status that it answered with, one of 2xx; rejects with its variable's name and the cure. */
  tell(change: AlarmChange): Promise<number>
}

/** Opens who is told of alarms, as the environment says. @throws CannotRun when the webhook cannot be. */
export function openAlarmSinks(env: Io['env'], log: Log): AlarmSinks {
  const inLog: AlarmSink = (change) => {
    const { state, alarm } = change
    const fields = { alarm: alarm.kind, of: alarm.event, property: alarm.property ?? null }
    const text = describeChange(change)
    if (state === 'test') return log.tell('alarm-test', text)
    return state === 'raised'
      ? log.warn('alarm', `Alarm: ${text}`, fields)
      : log.tell('alarm-over', `As usual again: ${text}`, fields)
  }
  const { ATTUNE_ALARM_WEBHOOK: url, ATTUNE_ALARM_SECRET: secret = '' } = env
  if (url === undefined || url === '') return { inLog }
  if (secret === '')
    throw new CannotRun('ATTUNE_ALARM_WEBHOOK needs ATTUNE_ALARM_SECRET to sign messages with.')
  const privateHost = env.ATTUNE_ALARM_PRIVATE_HOST || undefined
  try {
    const post = createWebhook({ url, secret, privateHost })
    const tell = (change: AlarmChange): Promise<number> =>
      post(change).catch((error) => {
        throw new Error(inOurWords(error))
      })
    return { inLog, webhook: { host: new URL(url).host, tell } }
  } catch (error) {
    throw new CannotRun(inOurWords(error))
  }
}

// The options of the module are variables here.
function inOurWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const said = message
    .replace('[collector] webhook: ', '')
    .replaceAll('`url`', 'it')
    .replaceAll('`privateHost`', 'ATTUNE_ALARM_PRIVATE_HOST')
  return `ATTUNE_ALARM_WEBHOOK: ${said}`
}
