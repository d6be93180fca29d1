import type { TextStore } from '../source/read-stored.ts'
import { messageOf, trouble } from '../source/trouble.ts'

/** The few commands that rulesets need. */
export interface RedisText extends TextStore {
  set(key: string, value: string): Promise<unknown>
}

/** How to reach a Redis. */
export interface RedisAccess {
  readonly url: string
  /** How messages name what is read or written. */
  readonly name: string
  /** Milliseconds to connect in. */
  readonly timeout: number
  readonly signal: AbortSignal
}

/**
 * Connects, works and leaves: nothing is open between two looks, so nothing keeps a process from ending.
 * @throws when Redis is out of reach, without its address, which may hold a password.
 */
export async function withRedis<Answer>(
  { url, name, timeout, signal }: RedisAccess,
  work: (store: RedisText) => Promise<Answer>,
): Promise<Answer> {
  const { createClient } = await import('redis').catch(() => {
    throw trouble(name, 'needs the package `redis`. Install it beside Attune')
  })
  const client = createClient({ url, socket: { connectTimeout: timeout, reconnectStrategy: false } })
  // Said by whichever command it ends.
  client.on('error', () => {})
  const leave = (): void => {
    if (client.isOpen) client.destroy()
  }
  signal.addEventListener('abort', leave)
  try {
    await client.connect().catch((error: unknown) => {
      // The cause may show the whole address.
      throw trouble(name, `is out of reach: ${messageOf(error)}. Check REDIS_URL (or ATTUNE_REDIS_URL)`)
    })
    return await work({
      ...namedStore(name, client),
      set: (key, value) => client.set(key, value).catch(refuse(name)),
    })
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}

/** A store whose errors say what was read. */
export function namedStore(name: string, store: TextStore): TextStore {
  return {
    get: (key) => store.get(key).catch(refuse(name)),
    getRange: (key, start, end) => store.getRange(key, start, end).catch(refuse(name)),
  }
}

function refuse(name: string): (error: unknown) => never {
  return (error) => {
    throw trouble(name, `was refused: ${messageOf(error)}. Look at Redis`, error)
  }
}
