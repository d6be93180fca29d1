import { checkMilliseconds, wrongOption } from '../check-option.ts'
import type { RedisCommands } from '../commands/redis-commands.ts'
import { createConnection } from './redis-connection.ts'
import {
  linkTo,
  linkToCluster,
  type RedisClient,
  type RedisClusterClient,
  type RedisLink,
} from './redis-link.ts'
import { openCluster, openLink } from './redis-open.ts'

/** Where a Redis is; `url`, `nodes` or `client`, one of them. */
export interface RedisAddress {
  /** One server: `redis://user:password@host:6379/0`, `rediss://…` over TLS, or `unix:///run/redis.sock`. */
  readonly url?: string | undefined
  /** A cluster: some of its nodes, as URLs. */
  readonly nodes?: readonly string[] | undefined
  /**
   * The authority that signed the server's certificate, PEM: what a file like `ca.pem` holds. With `rediss://` alone. Default: the authorities
   * that Node.js trusts, those of NODE_EXTRA_CA_CERTS included.
   */
  readonly ca?: string | undefined
  /** A client of the package `redis` that you made, connected already, and close yourself. */
  readonly client?: RedisClient | RedisClusterClient | undefined
  /** Milliseconds that connecting and each round trip may take. Default 250. */
  readonly timeout?: number | undefined
  /** Connects at once, and not when it is first asked: the first visitor after a start does not wait for it. Default false. */
  readonly warm?: boolean | undefined
  /** Hears of every failed attempt to connect and every lost connection. */
  readonly onError?: ((error: Error) => void) | undefined
}

/**
 * Prepares a connection; it is opened when first used, or at once. `from` names the factory.
 * @throws when it is not said where Redis is, or an option is wrong.
 */
export function connectRedis(from: string, address: RedisAddress): RedisCommands {
  const { url, nodes, client, ca, timeout = 250, warm, onError = () => {} } = address
  if ([url, nodes, client].filter((one) => one !== undefined).length !== 1) {
    throw new Error(`[storage] ${from}: give \`url\`, \`nodes\` or \`client\`, one of them.`)
  }
  const urls = nodes ?? (url === undefined ? [] : [url])
  for (const one of urls) checkUrl(from, one)
  checkMilliseconds(from, 'timeout', timeout, 1)
  if (ca !== undefined && !urls[0]?.startsWith('rediss:')) {
    throw new Error(
      `[storage] ${from}: \`ca\` is for rediss://…; give the client that you made its own, or leave it out.`,
    )
  }
  if (ca !== undefined && !/^-----BEGIN /m.test(ca)) {
    throw wrongOption({
      from,
      option: 'ca',
      value: ca,
      cure: 'Give what the PEM file holds, not where it is.',
    })
  }
  const clustered = nodes !== undefined || (client !== undefined && 'masters' in client)
  const open = (): Promise<RedisLink> => {
    if (url !== undefined) return openLink(url, { timeout, ca, onError })
    if (nodes !== undefined) return openCluster(nodes, { timeout, ca, onError })
    return Promise.resolve('masters' in client! ? linkToCluster(client) : linkTo(client!))
  }
  return createConnection({ clustered, open, isOurs: client === undefined, timeout, warm })
}

// What is wrong is not quoted: it may hold a password.
function checkUrl(from: string, url: string): void {
  if (/^(rediss?:\/\/.|unix:\/\/.)/.test(url) && URL.canParse(url)) return
  throw new Error(
    `[storage] ${from}: this is no URL of a Redis. Write redis://host:6379 or rediss://host:6379.`,
  )
}
