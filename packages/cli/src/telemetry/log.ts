import { type Call, choiceOption, type OptionSpec } from '../command.ts'
import { type Io, write } from '../io.ts'
import { printable } from '../terminal/style.ts'
import { redact } from './redact.ts'

/** The option that says how a process that runs for long tells what happens. */
export const LOG_OPTION: OptionSpec = {
  type: 'string',
  value: '<form>',
  help: 'text (default), or json: each event is one line of JSON on standard error.',
}

/** What a process that runs for long tells. Every line is about the process; none names a visitor, an address or a request. */
export interface Log {
  /** What whoever started it waits for: text stands on standard output. */
  announce(event: string, message: string, fields?: LogFields): Promise<void>
  /** Something that was to be expected. `fields` stand in JSON alone. */
  tell(event: string, message: string, fields?: LogFields): Promise<void>
  /** Something that somebody should look at. */
  warn(event: string, message: string, fields?: LogFields): Promise<void>
  /**
   * What went wrong in which step: at once, the same again at most every ten seconds, with how often it came. `clean` takes out of messages
   * what may not stand in a log; default `redact`.
   */
  trouble(step: string, error: unknown, clean?: (text: string) => string): void
}

/** What else is known of an event: numbers, and words of ours. */
export type LogFields = { readonly [name: string]: string | number | boolean | null }

const QUIET_MS = 10_000
// So many different troubles are told apart; what is new after them is told in any case.
const MOST_REMEMBERED = 100

/** Creates the log of a command, in the form that `--log` names. `speaker` begins lines of text that tell of trouble. */
export function createLog(call: Call, io: Io, speaker: string): Log {
  const isJson = choiceOption(call, 'log', ['text', 'json'] as const) === 'json'
  const said = new Map<string, { time: number; since: number }>()

  const put = async (
    level: string,
    event: string,
    message: string,
    fields: LogFields = {},
  ): Promise<void> => {
    if (!isJson) return write(io.stderr, `${printable(message)}\n`)
    const time = new Date(io.now()).toISOString()
    await write(io.stderr, `${jsonLine({ time, level, speaker, event, message, ...fields })}\n`)
  }

  return {
    announce: (event, message, fields) =>
      isJson ? put('info', event, message, fields) : write(io.stdout, `${printable(message)}\n`),
    tell: (event, message, fields) => put('info', event, message, fields),
    warn: (event, message, fields) => put('warn', event, message, fields),
    trouble: (step, error, clean = redact) => {
      // The message only: a stack says nothing to whoever reads a log.
      const message = clean(error instanceof Error ? error.message : String(error))
      const kind = error instanceof Error ? redact(error.name) : 'other'
      const key = `${step}\n${message}`
      const now = io.now()
      const before = said.get(key)
      if (before !== undefined && now - before.time < QUIET_MS) {
        before.since++
        return
      }
      const times = before?.since ?? 0
      said.delete(key)
      said.set(key, { time: now, since: 0 })
      if (said.size > MOST_REMEMBERED) said.delete(said.keys().next().value!)
      const more = times === 0 ? '' : ` (and ${times} times since it was said)`
      const text = isJson ? message : `[${speaker}] ${step}: ${message}${more}`
      void put('error', 'trouble', text, { step, error: kind, times: times + 1 })
    },
  }
}

/** One line of JSON in which nothing moves a cursor or begins another line. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`
    }).join(''),
  )
}
