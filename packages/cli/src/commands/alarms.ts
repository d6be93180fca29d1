import { testChange } from '@attune/collector/quality'
import { CannotRun, type Command, type ExitCode } from '../command.ts'
import { write } from '../io.ts'
import { openAlarmSinks, type Webhook } from '../serve/alarm-sinks.ts'
import { createLog, LOG_OPTION } from '../telemetry/log.ts'

/** `attune alarms`: tries whether whoever is to be told of alarms hears of them. */
export const alarms: Command = {
  name: 'alarms',
  summary:
    'Tries whether alarms arrive: sends a test to the log and the webhook, as `attune serve --alarms` would.',
  arguments: [{ name: 'action', help: 'test.' }],
  options: { log: LOG_OPTION },
  notes: [
    'ATTUNE_ALARM_WEBHOOK and ATTUNE_ALARM_SECRET are those of `attune serve`. The message says `"state": "test"`.',
    'ATTUNE_ALARM_PRIVATE_HOST names the host of the webhook, if it is one of your own network.',
    'Exit code 0 when it was told everywhere, 1 when the webhook did not take it, 2 when it could not run.',
  ],
  examples: ['ATTUNE_ALARM_WEBHOOK=https://hooks.example/attune ATTUNE_ALARM_SECRET=… attune alarms test'],
  async run(call, io): Promise<ExitCode> {
    const [action] = call.arguments
    if (action !== 'test') throw new CannotRun(`There is nothing called ${action}. Say test.`)
    const change = testChange(io.now())
    const { inLog, webhook } = openAlarmSinks(io.env, createLog(call, io, 'alarms'))
    await inLog(change)
    const { isTold, answer } =
      webhook === undefined ? NOT_SET : await tryWebhook(webhook, () => webhook.tell(change))
    await write(isTold ? io.stdout : io.stderr, `${answer}\n`)
    return isTold ? 0 : 1
  },
}

const NOT_SET = { isTold: true, answer: 'Log: told. ATTUNE_ALARM_WEBHOOK is not set: nobody else is.' }

async function tryWebhook({ host }: Webhook, tell: () => Promise<number>) {
  try {
    return { isTold: true, answer: `Log: told. Webhook: ${host} answered ${await tell()}.` }
  } catch (error) {
    return { isTold: false, answer: `Log: told. Webhook: not told. ${whyOf(error)}` }
  }
}

function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
