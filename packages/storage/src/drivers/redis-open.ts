import { linkTo, linkToCluster, type RedisLink } from './redis-link.ts'

/** How a link is opened. */
export interface OpenSettings {
  /** Milliseconds that one attempt to connect may take. */
  readonly timeout: number
  /** The authority that is trusted over TLS, in PEM form; `undefined`: those that Node.js trusts. */
  readonly ca: string | undefined
  /** Hears of every failed attempt and lost connection. */
  readonly onError: (error: Error) => void
}

// What is not written or answered yet; beyond it the server is in trouble.
const MAX_QUEUE = 20_000
// A lost node of a cluster is looked for among the others after so many milliseconds.
const REFRESH_AFTER = 500

/** Opens a link to one server and keeps it open: it connects again whenever the connection is lost. */
export async function openLink(url: string, settings: OpenSettings): Promise<RedisLink> {
  const { createClient } = await importRedis()
  const shared = common(settings)
  const client = createClient({ url, ...shared, socket: { ...shared.socket, ...tlsOf(url, settings) } })
  let trouble: Error | undefined
  const tried = new Promise<void>((resolve) => {
    client.on('ready', () => {
      trouble = undefined
      resolve()
    })
    client.once('ready', () => warnOfEviction((words) => client.sendCommand(words), settings))
    client.on('error', (error: Error) => {
      trouble = error
      settings.onError(error)
      resolve()
    })
  })
  // What it rejects with was heard as an error.
  client.connect().catch(() => {})
  return linkTo(client, { tried, trouble: () => trouble, destroy: () => client.destroy() })
}

/** Opens a link to a cluster, some of whose nodes are named. Name and password of the first are used for all. */
export async function openCluster(urls: readonly string[], settings: OpenSettings): Promise<RedisLink> {
  const { createCluster } = await importRedis()
  const { username, password } = new URL(urls[0]!)
  const shared = common(settings)
  const cluster = createCluster({
    rootNodes: urls.map((url) => ({ url })),
    defaults: {
      ...shared,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      socket: { ...shared.socket, ...tlsOf(urls[0]!, settings) },
    },
    RESP: 2,
    commandOptions: shared.commandOptions,
    // A node that cannot be reached must not hold up the others.
    minimizeConnections: true,
    topologyRefreshOnReconnectionAttemptStrategy: REFRESH_AFTER,
  })
  let isEnded = false
  let trouble: Error | undefined
  cluster.on('error', (error: Error) => {
    trouble = error
    settings.onError(error)
  })
  const connect = async (tries: number): Promise<void> => {
    try {
      await cluster.connect()
      trouble = undefined
      if (isEnded) cluster.destroy()
      else warnOfEviction((words) => cluster.sendCommand(undefined, false, words), settings)
    } catch {
      // What each node said was heard as an error.
      if (!isEnded) setTimeout(() => isEnded || connect(tries + 1), backOff(tries)).unref()
    }
  }
  const destroy = () => {
    isEnded = true
    if (cluster.isOpen) cluster.destroy()
  }
  return linkToCluster(cluster, { tried: connect(0), trouble: () => trouble, destroy })
}

/** Milliseconds until the next attempt: from 50 to 1,000, half of it at random. */
export function backOff(tries: number): number {
  return Math.min(1_000, 50 * 2 ** tries) * (0.5 + Math.random() / 2)
}

// Whatever is evicted is lost unasked. Who may not ask for the policy is not told.
async function warnOfEviction(
  send: (words: string[]) => Promise<unknown>,
  { onError }: OpenSettings,
): Promise<void> {
  const memory = String(await send(['INFO', 'memory']).catch(() => ''))
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction'
  if (policy === 'noeviction') return
  onError(
    new Error(
      `[storage] redis: this Redis evicts keys (maxmemory-policy ${policy}), and with them visitors. Set noeviction.`,
    ),
  )
}

function common({ timeout }: OpenSettings) {
  return {
    RESP: 2 as const,
    // The store has deadlines of its own, also for what was sent.
    commandOptions: { timeout: 0 },
    commandsQueueMaxLength: MAX_QUEUE,
    // A store that cannot be reached says so at once.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled' as const,
    name: 'attune',
    socket: { connectTimeout: timeout, reconnectStrategy: backOff },
  }
}

function tlsOf(url: string, { ca }: OpenSettings): { readonly tls?: true; readonly ca?: string } {
  if (!url.startsWith('rediss:')) return {}
  return { tls: true, ...(ca !== undefined && { ca }) }
}

async function importRedis(): Promise<typeof import('redis')> {
  try {
    return await import('redis')
  } catch (cause) {
    throw new Error('[storage] redis: the package `redis` is missing. Install it: npm install redis.', {
      cause,
    })
  }
}
