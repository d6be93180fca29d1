import type { RedisCommand, RedisCommands, ScanStep } from '../commands/redis-commands.ts'
import { resultOf, strange, type UpstashRest } from './upstash-rest.ts'

/** What a store asks of a Redis, asked over REST. `from` names the driver in errors. */
export function createUpstashCommands(from: string, rest: UpstashRest): RedisCommands {
  const ask = async (words: RedisCommand) => resultOf(from, await rest.command(words))
  return {
    // However many machines a database has, whoever asks sees one.
    clustered: false,
    ownsFiles: false,
    send: (_key, command) => ask(command),
    pipeline: async (commands) => {
      if (commands.length === 0) return []
      const items = await rest.pipeline(commands)
      return items.map((item) => resultOf(from, item))
    },
    nodes: async () => [ask],
    run: async ({ source, sha }, keys, args) => {
      const given = [keys.length, ...keys, ...args]
      const item = await rest.command(['EVALSHA', sha, ...given])
      const isUnknown = 'error' in item && item.error.startsWith('NOSCRIPT')
      return isUnknown ? ask(['EVAL', source, ...given]) : resultOf(from, item)
    },
    scan: async (cursor, match, count) =>
      readStep(from, await ask(['SCAN', cursor, 'MATCH', match, 'COUNT', count])),
    close: async () => {},
  }
}

function readStep(from: string, step: unknown): ScanStep {
  if (Array.isArray(step) && Array.isArray(step[1]))
    return { cursor: String(step[0]), keys: step[1].map(String) }
  throw strange(from)
}
