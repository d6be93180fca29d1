import { type AddressRange, isWithin, parseRange } from '../address-range.ts'
import { parseAddress } from '../parse-address.ts'

/** Tells from which address a request came: `peer` is the connection's, `forwarded` the `X-Forwarded-For` header. */
export type ClientAddress = (peer: string | undefined, forwarded: string | null) => string | undefined

// A header that names more hops was made up.
const MOST_HOPS = 20

/**
 * Creates it. The header is believed only as far as the proxies named in `trusted` (addresses and ranges such as `10.0.0.0/8`) wrote it:
 * from the right, the first address that is none of theirs. Without any, the connection's address is the client's.
 * @throws when one of them is no address.
 */
export function createClientAddress(trusted: readonly string[] = []): ClientAddress {
  const ranges = trusted.map(readRange)
  const isTrusted = (address: string): boolean => {
    const bytes = parseAddress(address)
    return bytes !== undefined && ranges.some((range) => isWithin(bytes, range))
  }
  return (peer, forwarded) => {
    if (peer === undefined || forwarded === null || !isTrusted(peer)) return peer
    const hops = forwarded.split(',').slice(-MOST_HOPS)
    let client = peer
    for (const hop of hops.reverse()) {
      // What a trusted proxy could not tell, nobody can.
      if (parseAddress(hop) === undefined) return client
      client = hop.trim()
      if (!isTrusted(client)) return client
    }
    return client
  }
}

function readRange(text: string): AddressRange {
  const range = parseRange(text)
  if (range !== undefined) return range
  throw new Error(
    `[collector] limits: \`trustedProxies\` holds ${JSON.stringify(text)}. Name an address or a range such as 10.0.0.0/8.`,
  )
}
