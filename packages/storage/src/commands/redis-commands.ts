/** One command: its name, then its arguments. */
export type RedisCommand = readonly [string, ...(string | number)[]]

/** A script in Lua, and the SHA-1 of its text in hexadecimal. */
export interface RedisScript {
  readonly source: string
  readonly sha: string
}

/** One step over all keys; the walk is over when `cursor` is `'0'` again. */
export interface ScanStep {
  readonly cursor: string
  readonly keys: readonly string[]
}

/**
 * The few things a store asks of a Redis, whichever way it is reached. Replies are text, whole numbers, `null` and lists of
 * these, as RESP 2 has them. Each rejects with `StoreBusyError` or `StoreWriteError` (see `replyError`), never later than
 * its own timeout, and is never sent a second time by itself.
 */
export interface RedisCommands {
  /** Whether keys lie on several nodes: then all keys of one call must be in one hash slot. */
  readonly clustered: boolean
  /** Whether it can be told to write its files anew; a service keeps them as it likes. */
  readonly ownsFiles: boolean
  /** One command, to the node that holds `key`. */
  send(key: string, command: RedisCommand): Promise<unknown>
  /** Several commands in one round trip, in order. Rejects with the first error. */
  pipeline(commands: readonly RedisCommand[]): Promise<readonly unknown[]>
  /** Every primary: how one command is sent to it. */
  nodes(): Promise<readonly ((command: RedisCommand) => Promise<unknown>)[]>
  /** Runs a script by its SHA, sending its text when the server does not know it (NOSCRIPT). */
  run(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>
  /** One SCAN step; begins at cursor `'0'` and goes over every primary. A key may come twice. */
  scan(cursor: string, match: string, count: number): Promise<ScanStep>
  /** Lets go of connections that the store made. */
  close(): Promise<void>
}
