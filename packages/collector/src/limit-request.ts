import type { Limited } from './limit/create-limiter.ts'
import { peerOf } from './peer.ts'
import type { Site } from './site.ts'

/** What requests are counted by. */
export type Limiting = Pick<Site, 'limiter' | 'peer'>

/** Counts a request by its address block and, where one may be recognised, its visitor; says why it is not let through, if so. */
export function limitRequest(
  site: Limiting,
  request: Request,
  visitor: string | undefined,
): Limited | undefined {
  return site.limiter?.take({ address: addressBlock(site, request), visitor })
}

/** The block of addresses that a request came from, where a limiter says how to tell. */
export function addressBlock({ limiter, peer }: Limiting, request: Request): string | undefined {
  if (limiter === undefined) return undefined
  const { headers } = request
  // What stands before the last comma came from further away, and may be made up.
  const named = peer === undefined ? undefined : headers.get(peer)?.split(',').at(-1)?.trim()
  return limiter.blockOf(peerOf(request) ?? named, headers.get('x-forwarded-for'))
}
