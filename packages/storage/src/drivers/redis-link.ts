import type { ScanStep } from '../commands/redis-commands.ts'

/** A client of the package `redis` for one server, as `createClient` makes it. */
export interface RedisClient {
  readonly isReady: boolean
  sendCommand(words: string[]): Promise<unknown>
}

/** A client of the package `redis` for a cluster, as `createCluster` makes it. */
export interface RedisClusterClient<Node = never> {
  readonly isReady: boolean
  readonly masters: Node[]
  nodeClient(node: Node): Promise<RedisClient>
  sendCommand(key: string, isReadonly: boolean, words: string[]): Promise<unknown>
}

/** A way to a Redis: one connection, or those to the nodes of a cluster. */
export interface RedisLink {
  readonly isReady: boolean
  /** Resolves after the first attempt to connect, however it went. */
  readonly tried: Promise<void>
  /** Why the last attempt to connect failed; `undefined` when none has since it was ready. */
  readonly trouble: () => Error | undefined
  /** Sends a command, to the node that holds `key`. */
  send(key: string, words: string[]): Promise<unknown>
  /** Every primary: how a command is sent to it. */
  readonly nodes: () => readonly ((words: string[]) => Promise<unknown>)[]
  scan(cursor: string, words: string[]): Promise<ScanStep>
  /** Ends it; what waits for an answer rejects. */
  destroy(): void
}

/** How a link came about, and how it ends. */
type Life = Pick<RedisLink, 'tried' | 'trouble' | 'destroy'>

// Of a client that was handed in: its maker connects and closes it.
const HANDED_IN: Life = { tried: Promise.resolve(), trouble: () => undefined, destroy: () => {} }

/** The link of a client of one server. */
export function linkTo(client: RedisClient, life: Life = HANDED_IN): RedisLink {
  return {
    ...life,
    get isReady() {
      return client.isReady
    },
    send: (_key, words) => client.sendCommand(words),
    nodes: () => [(words) => client.sendCommand(words)],
    scan: async (cursor, words) => toStep(await client.sendCommand(['SCAN', cursor, ...words])),
  }
}

/** The link of a client of a cluster. */
export function linkToCluster<Node>(client: RedisClusterClient<Node>, life: Life = HANDED_IN): RedisLink {
  return {
    ...life,
    get isReady() {
      return client.isReady
    },
    send: (key, words) => client.sendCommand(key, false, words),
    nodes: () =>
      client.masters.map((node) => async (words) => (await client.nodeClient(node)).sendCommand(words)),
    scan: async (cursor, words) => {
      // `0`, or the place of a primary and the cursor on it.
      const [place = '0', at = '0'] = cursor.split(':')
      const node = client.masters[Number(place)]
      if (node === undefined) return { cursor: '0', keys: [] }
      const step = toStep(await (await client.nodeClient(node)).sendCommand(['SCAN', at, ...words]))
      if (step.cursor !== '0') return { ...step, cursor: `${place}:${step.cursor}` }
      const next = Number(place) + 1
      return { ...step, cursor: next < client.masters.length ? `${next}:0` : '0' }
    },
  }
}

function toStep(reply: unknown): ScanStep {
  const [cursor, keys] = reply as readonly [string, readonly string[]]
  return { cursor, keys }
}
