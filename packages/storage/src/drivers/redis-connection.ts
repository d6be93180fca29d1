import type { RedisCommand, RedisCommands, RedisScript } from '../commands/redis-commands.ts'
import { replyError } from '../commands/reply-error.ts'
import { StoreBusyError, StoreWriteError, withoutStack } from '../store-error.ts'
import type { RedisLink } from './redis-link.ts'
import { trustError } from './redis-trust.ts'

/** How a connection is made and what it waits for. */
export interface ConnectionSettings {
  readonly clustered: boolean
  /** Opens a link; called again when one does not answer any more. */
  readonly open: () => Promise<RedisLink>
  /** Whether links are ours to give up. */
  readonly isOurs: boolean
  /** Milliseconds that a call may take. */
  readonly timeout: number
  /** Whether a link is opened at once. */
  readonly warm?: boolean | undefined
}

// A server that is at work answers now and then; what is lost with its link was perhaps about to be answered.
const SILENT_FOR = 1_000
// So many unanswered calls within so many milliseconds, while others are answered: a node of a cluster is gone.
const MAX_MISSED = 10
const MISSED_WITHIN = 5_000
// Milliseconds between two links: a server that is merely slow is not made slower by connecting.
const REOPEN_AFTER = 1_000

/**
 * A connection that never leaves a call waiting: it fails when there is no link, when the link is lost, and when the
 * deadline passes. A link that answered nothing for a second is given up for another, and so is one of a cluster where a node
 * does not answer.
 */
export function createConnection({
  clustered,
  open,
  isOurs,
  timeout,
  warm = false,
}: ConnectionSettings): RedisCommands {
  let opening: Promise<RedisLink> | undefined
  let opened = 0
  let missed: readonly number[] = []
  let lastAnswer = 0
  let isClosed = false

  const reopen = async () => {
    const before = opening
    opening = undefined
    await before?.then((link) => link.destroy()).catch(() => {})
  }

  const miss = () => {
    const now = performance.now()
    missed = [...missed.filter((at) => now - at < MISSED_WITHIN), now].slice(-MAX_MISSED)
    const isSilent = now - Math.max(lastAnswer, opened) >= SILENT_FOR
    const isGone = isSilent || (clustered && missed.length === MAX_MISSED)
    if (isOurs && isGone && now - opened > REOPEN_AFTER) reopen()
    return withoutStack(new StoreBusyError(`[storage] redis: no answer within ${timeout} ms. Try again.`))
  }

  const link = (): Promise<RedisLink> => {
    if (isClosed) {
      return Promise.reject(new Error('[storage] redis: the connection is closed. Create another one.'))
    }
    if (opening !== undefined) return opening
    missed = []
    opened = performance.now()
    const own = open()
    opening = own
    // A missing package is said by every call, and looked for again by the next.
    own.catch(() => {
      if (opening === own) opening = undefined
    })
    return own
  }

  const ask = async <T>(task: (link: RedisLink) => Promise<T>): Promise<T> => {
    // Loading the package is not the server's slowness: no deadline yet.
    const known = await link()
    let deadline: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      deadline = setTimeout(() => reject(miss()), timeout)
    })
    try {
      const answer = await Promise.race([whenReady(known).then(task), late])
      lastAnswer = performance.now()
      return answer
    } catch (error) {
      if (isReply(error)) lastAnswer = performance.now()
      throw toStoreError(error)
    } finally {
      clearTimeout(deadline)
    }
  }

  // What went wrong is said to whoever asks.
  if (warm) link().catch(() => {})

  return {
    clustered,
    ownsFiles: true,
    send: (key, command) => ask(({ send }) => send(key, command.map(String))),
    pipeline: (commands) =>
      ask(({ send }) => Promise.all(commands.map((command) => send(keyOf(command), command.map(String))))),
    nodes: async () => {
      const nodes = await ask(async (link) => link.nodes())
      return nodes.map((send) => (command) => ask(() => send(command.map(String))))
    },
    run: (script, keys, args) => ask(({ send }) => runScript(send, script, keys, args)),
    scan: (cursor, match, count) =>
      ask((link) => link.scan(cursor, ['MATCH', match, 'COUNT', String(count)])),
    close: async () => {
      isClosed = true
      await reopen()
    },
  }
}

// Waits for the first attempt to connect only: a lost link is said at once.
async function whenReady(link: RedisLink): Promise<RedisLink> {
  if (!link.isReady) await link.tried
  if (link.isReady) return link
  const trouble = link.trouble()
  if (isReply(trouble)) throw trouble
  const distrust = trustError(trouble)
  if (distrust !== undefined) throw distrust
  throw new StoreBusyError('[storage] redis: not connected. Try again.', { cause: trouble })
}

async function runScript(
  send: RedisLink['send'],
  { source, sha }: RedisScript,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const given = [String(keys.length), ...keys, ...args.map(String)]
  try {
    return await send(keys[0]!, ['EVALSHA', sha, ...given])
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return send(keys[0]!, ['EVAL', source, ...given])
  }
}

function keyOf([, key]: RedisCommand): string {
  return String(key)
}

// What the server itself said begins with a word in capitals; the client's own errors do not.
function isReply(error: unknown): error is Error {
  return error instanceof Error && /^[A-Z]{2,} /.test(error.message)
}

function toStoreError(error: unknown): unknown {
  if (error instanceof StoreBusyError || error instanceof StoreWriteError) return error
  if (isReply(error)) return replyError('redis', error.message)
  if (!(error instanceof Error) || error.message.startsWith('[storage]')) return error
  // Closed, reset, refused, queue full: which of them is in `cause`, and nothing of it names a visitor.
  return new StoreBusyError(`[storage] redis: the connection failed (${error.name}). Try again.`, {
    cause: error,
  })
}
