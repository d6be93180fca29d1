import { setTimeout } from 'node:timers/promises'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  isSet,
  textOption,
  textOptions,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { checkReasons } from '../live/check-reasons.ts'
import { followEvents, type Told } from '../live/follow-events.ts'
import { renderEvent } from '../live/render-event.ts'
import { jsonLine } from '../telemetry/log.ts'
import { countOf } from '../terminal/format.ts'
import { type Style, styleFor } from '../terminal/style.ts'

const DEFAULT_URL = 'http://127.0.0.1:8787'
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** `attune tail`: shows events as they arrive at a running collector. */
export const tail: Command = {
  name: 'tail',
  summary: 'Shows events as they arrive at `attune serve`: accepted, or why not.',
  arguments: [],
  options: {
    url: { type: 'string', value: '<address>', help: `Of the collector; default ${DEFAULT_URL}.` },
    name: {
      type: 'string',
      value: '<event>',
      multiple: true,
      help: 'Events of this name alone. Repeatable.',
    },
    reason: {
      type: 'string',
      value: '<reason>',
      multiple: true,
      help: 'Events rejected for this reason alone, e.g. unknown-event or bot. Repeatable.',
    },
    json: { type: 'boolean', help: 'One line of JSON an event.' },
  },
  notes: [
    'ATTUNE_TOKEN is the token of a key in the collector’s ATTUNE_KEYS, of the role editor (`events.read`).',
    'Times are UTC. Six characters stand for a visitor until the day ends; ids and addresses are never told, and texts are cleaned as they are kept.',
    'Who reads too slowly is told how many events were not shown; the collector waits for nobody. It connects again by itself; Ctrl-C ends it.',
    'Exit code 0 when it was ended, 2 when there is no collector or the token is refused.',
  ],
  examples: ['ATTUNE_TOKEN=… attune tail', 'ATTUNE_TOKEN=… attune tail --reason unknown-event --json'],
  async run(call, io): Promise<ExitCode> {
    const options = readOptions(call, io)
    const abort = new AbortController()
    void io.untilStopped().then(() => abort.abort())
    const { signal } = abort
    const wait = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal }).catch(() => {})
    const show = isSet(call, 'json') ? showAsJson : showAsText
    const style = styleFor(io.stdout, io.env)
    for await (const told of followEvents({ ...options, signal, wait })) await show(told, io, style)
    return 0
  },
}

function readOptions(call: Call, io: Io) {
  const token = io.env.ATTUNE_TOKEN ?? ''
  if (token === '') {
    throw new CannotRun(
      'ATTUNE_TOKEN is missing. Set it to the token of a key in the collector’s ATTUNE_KEYS, of the role editor.',
    )
  }
  const names = textOptions(call, 'name')
  const reasons = checkReasons(textOptions(call, 'reason'))
  return {
    base: readUrl(textOption(call, 'url') ?? DEFAULT_URL),
    token,
    filter: { ...(names.length > 0 ? { names } : {}), ...(reasons.length > 0 ? { reasons } : {}) },
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') {
    throw new CannotRun(`--url is ${JSON.stringify(text)}. Give scheme and host, for example ${DEFAULT_URL}.`)
  }
  if (url.protocol === 'https:' || LOCAL.test(url.hostname)) return url
  throw new CannotRun(
    `--url is ${JSON.stringify(text)}: ATTUNE_TOKEN would go there for everybody on the way to read. Use https, or a tunnel to 127.0.0.1.`,
  )
}

async function showAsText(told: Told, io: Io, style: Style): Promise<void> {
  // Cut to a terminal alone: elsewhere somebody wants all of it.
  const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : Number.POSITIVE_INFINITY
  switch (told.is) {
    case 'event':
      return write(io.stdout, `${renderEvent(told.event, style, width)}\n`)
    case 'missed':
      return write(
        io.stdout,
        style.yellow(`… ${countOf(told.count, 'event')} not shown: too many at once.\n`),
      )
    default:
      return tellState(told, io)
  }
}

async function showAsJson(told: Told, io: Io): Promise<void> {
  if (told.is === 'event') return write(io.stdout, `${jsonLine(told.event)}\n`)
  if (told.is === 'missed') return write(io.stdout, `${jsonLine({ missed: told.count })}\n`)
  return tellState(told, io)
}

function tellState(told: Exclude<Told, { is: 'event' | 'missed' }>, io: Io): Promise<void> {
  const words =
    told.is === 'open'
      ? 'Connected. Events show as they arrive; Ctrl-C ends it.'
      : `The connection is lost; what arrives meanwhile is not shown. Trying again in ${told.seconds} s.`
  return write(io.stderr, `${words}\n`)
}
