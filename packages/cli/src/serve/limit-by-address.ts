import { createLimiter, isPublicAddress, type Limiter, type LimiterOptions } from '@attune/collector/quality'

/** What batches are limited by. */
export interface ServeLimits extends Pick<LimiterOptions, 'key'> {
  /** The proxies in front, as `--trusted-proxy` names them. */
  readonly trustedProxies: readonly string[]
  /** Hears once that a proxy seems to stand in front which nobody named, and what that does. */
  readonly onUnnamed: (message: string) => void
}

/**
 * Creates a limiter that is safe to have without being asked for. While no proxy is named, a connection from an address that is not of the public internet is
 * taken to be a proxy's, whose visitors are not counted as one: they are limited each, and by no address.
 * @throws when a proxy is no address.
 */
export function limitByAddress({ trustedProxies, key, onUnnamed }: ServeLimits): Limiter {
  const limiter = createLimiter({ trustedProxies, key })
  if (trustedProxies.length > 0) return limiter
  let isTold = false
  // Most connections are those of the one before.
  let last: { readonly peer: string | undefined; readonly isInside: boolean } = {
    peer: undefined,
    isInside: false,
  }
  return {
    ...limiter,
    blockOf: (peer, forwarded) => {
      if (peer !== last.peer) last = { peer, isInside: peer !== undefined && !isPublicAddress(peer) }
      const { isInside } = last
      if (forwarded !== null && !isTold) {
        isTold = true
        onUnnamed(isInside ? UNLIMITED : SHARED)
      }
      return isInside ? undefined : limiter.blockOf(peer, forwarded)
    },
  }
}

const UNLIMITED =
  'Requests come through a proxy that --trusted-proxy does not name: nobody is limited by address. Name it, such as --trusted-proxy 127.0.0.1.'
const SHARED =
  'Requests with X-Forwarded-For come from the public internet, and --trusted-proxy names no proxy. If that is yours, name it: its visitors share one limit.'
