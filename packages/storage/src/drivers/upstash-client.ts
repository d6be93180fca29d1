import { StoreBusyError } from '../store-error.ts'
import { strange, type UpstashItem, type UpstashRest } from './upstash-rest.ts'

/** What is used of a `Redis` of `@upstash/redis`. */
export interface UpstashClient {
  exec(command: [string, ...string[]]): Promise<unknown>
}

type Words = readonly (string | number)[]

// The client has no pipeline of any commands, but it has scripts. Each command comes after the number of its words.
const PIPELINE = `local replies, at = {}, 1
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  replies[#replies + 1] = redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end
return replies`

/** Asks through a client that was made elsewhere, and gives up after `timeout` milliseconds whatever it goes on to do. */
export function createClientRest(from: string, client: UpstashClient, timeout: number): UpstashRest {
  let checked: Promise<void> | undefined

  const exec = async (words: Words): Promise<unknown> => {
    // An array of one at least: whoever calls names a command.
    const command = words.map(String) as [string, ...string[]]
    return inTime(from, timeout, client.exec(command))
  }

  const check = async (): Promise<void> => {
    if (Array.isArray(await exec(['ECHO', '[1]']))) throw new Error(`[storage] ${from}: ${PARSES}`)
  }

  const command = async (words: Words): Promise<UpstashItem> => {
    try {
      checked ??= check()
      await checked
      const result = await exec(words)
      // An aborted signal is answered by the client as if its reason were the result.
      const isScript = words[0] === 'EVAL' || words[0] === 'EVALSHA'
      if (isScript && typeof result !== 'number' && !Array.isArray(result)) throw strange(from)
      return { result }
    } catch (error) {
      checked = undefined
      return readError(from, error)
    }
  }

  return {
    command,
    pipeline: async (commands) => {
      const item = await command([
        'EVAL',
        PIPELINE,
        0,
        ...commands.flatMap((words) => [words.length, ...words]),
      ])
      if ('error' in item) return commands.map(() => item)
      if (!Array.isArray(item.result) || item.result.length !== commands.length) throw strange(from)
      return item.result.map((result: unknown) => ({ result }))
    },
  }
}

const PARSES = '`client` makes values of texts. Create it with `automaticDeserialization: false`.'

async function inTime<T>(from: string, timeout: number, asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new StoreBusyError(`[storage] ${from}: no whole answer within ${timeout} ms. Try again.`)
    timer = setTimeout(() => reject(error), timeout)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

// Neither its message (it quotes the command, with what it holds) nor its cause goes any further.
function readError(from: string, error: unknown): UpstashItem {
  if (!(error instanceof Error)) throw strange(from)
  if (error.name === 'UpstashError') return { error: error.message.replace(/, command was: .*$/s, '') }
  if (error.name === 'UpstashJSONParseError') throw strange(from)
  if (error.message.startsWith('[storage]')) throw error
  const isLate = error.name === 'TimeoutError' || error.name === 'AbortError'
  throw new StoreBusyError(
    `[storage] ${from}: ${isLate ? 'the client gave up before an answer' : 'the service cannot be reached'}. Try again.`,
  )
}
