import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  textOption,
  textOptions,
  wholeOption,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { DATABASE } from '../options/open-database.ts'
import { REDIS_OPTION } from '../options/open-redis.ts'
import { DEFAULT_DATA, openStore, PARTITIONS } from '../options/open-store.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { requireSecret } from '../options/read-secret.ts'
import { openServer } from '../serve/open-server.ts'
import { COLLECT_PATH, HEALTH_PATH, routeRequest } from '../serve/route-request.ts'

const DEFAULT_PORT = 8787
const DEFAULT_HOST = '127.0.0.1'
// A commit takes milliseconds and a request at most ten seconds to come in.
const GRACE = 10_000

/** `attune serve`: the collector alone, for sites whose pages are served elsewhere. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serves the collector: takes events at /attune/collect and keeps profiles in SQLite or Redis.',
  arguments: [],
  options: {
    ruleset: {
      type: 'string',
      value: '<file>',
      help: 'The ruleset that says which events there are. Required.',
    },
    data: {
      type: 'string',
      value: '<folder>',
      help: `Holds ${DATABASE}; default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
    },
    redis: REDIS_OPTION,
    queue: { type: 'boolean', help: 'Leaves folding to `attune work`: events wait in the same Redis.' },
    partitions: {
      type: 'string',
      value: '<number>',
      help: `Of the queue, as \`attune work\` is told. Default ${PARTITIONS.fallback}.`,
    },
    port: { type: 'string', value: '<number>', help: `Default ${DEFAULT_PORT}; 0 takes any free one.` },
    host: { type: 'string', value: '<address>', help: `Default ${DEFAULT_HOST}: only this machine.` },
    origin: {
      type: 'string',
      value: '<origin>',
      multiple: true,
      help: 'Another origin whose pages may send, e.g. https://shop.example. Repeatable.',
    },
    site: { type: 'string', value: '<name>', help: 'Tells sites with one secret apart; default site.' },
  },
  notes: [
    'ATTUNE_SECRET signs the cookies: at least 32 characters, the same that the site runs with.',
    'An event is acknowledged when it is on the disk, or as durable as the Redis is set up to be. SIGINT or SIGTERM ends it: what is under way is finished first.',
  ],
  examples: ['ATTUNE_SECRET=… attune serve --ruleset ruleset.json --port 8787'],
  async run(call, io): Promise<ExitCode> {
    const options = readOptions(call, io)
    const stopped = io.untilStopped()
    const { store, where } = await openStore(call, io.env, (error) => complain(io, error, 'store'))
    try {
      const collector = createCollector({
        ...options.collector,
        store,
        onError: (error, step) => complain(io, error, step),
      })
      let open = true
      const route = routeRequest({
        collect: collector.handle,
        profile: collector.profile,
        isOpen: () => open,
      })
      const server = await openServer(createNodeHandler(route), options)
      const base = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${server.port}`
      await write(
        io.stdout,
        `Collecting at ${base}${COLLECT_PATH}, health at ${base}${HEALTH_PATH}, data in ${where}.\n`,
      )
      const signal = await stopped
      open = false
      await write(io.stderr, `${signal}: finishing what is under way.\n`)
      const inTime = await server.close(GRACE)
      if (!inTime)
        await write(
          io.stderr,
          'Some requests took too long and were cut off; none of them was acknowledged.\n',
        )
      return 0
    } finally {
      await store.close()
    }
  },
}

function readOptions(call: Call, io: Io) {
  const file = textOption(call, 'ruleset')
  if (file === undefined)
    throw new CannotRun('--ruleset <file> is missing. Name the ruleset that the site runs with.')
  const site = textOption(call, 'site')
  const ruleset = readRuleset(file)
  const secret = requireSecret(io.env, 'sign cookies')
  return {
    collector: {
      ruleset,
      secret,
      allowedOrigins: textOptions(call, 'origin').map(checkOrigin),
      ...(site && { site }),
    },
    host: textOption(call, 'host') ?? DEFAULT_HOST,
    port: wholeOption(call, 'port', { least: 0, most: 65_535, fallback: DEFAULT_PORT }),
  }
}

function checkOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin !== 'null' && /^https?:/.test(origin) && text.replace(/\/$/, '') === origin) return origin
  throw new CannotRun(
    `--origin is ${JSON.stringify(text)}. Give scheme and host, for example https://shop.example.`,
  )
}

// The message only: a stack says nothing to whoever reads a log.
function complain(io: Io, error: unknown, step: string): void {
  io.stderr.write(`[collector] ${step}: ${error instanceof Error ? error.message : String(error)}\n`)
}
