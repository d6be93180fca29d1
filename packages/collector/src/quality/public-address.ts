import { type AddressRange, isWithin, parseRange } from '../address-range.ts'
import { parseAddress } from '../parse-address.ts'

// IANA's registries of special-purpose addresses, and multicast. What stands for an IPv4 address inside IPv6 (NAT64, 6to4, Teredo) may lead anywhere.
const SPECIAL: readonly AddressRange[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
].map(rangeOf)
// The only part of IPv6 that is given out for the public internet.
const GLOBAL_V6 = rangeOf('2000::/3')

// RFC 1918, 6598, 4193, and the machine itself. Link-local ones, where clouds tell their secrets, are not among them.
const PRIVATE: readonly AddressRange[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  '::1/128',
].map(rangeOf)

/** Tells whether an address is of somebody's own network, or of the machine itself. */
export function isPrivateAddress(address: string): boolean {
  const bytes = parseAddress(address)
  return bytes !== undefined && PRIVATE.some((range) => isWithin(bytes, range))
}

/** Tells whether an address is one of the public internet: no private, local, shared, documentation, multicast or embedded one. */
export function isPublicAddress(address: string): boolean {
  const bytes = parseAddress(address)
  if (bytes === undefined || SPECIAL.some((range) => isWithin(bytes, range))) return false
  return bytes.length === 4 || isWithin(bytes, GLOBAL_V6)
}

function rangeOf(text: string): AddressRange {
  // The texts above are ranges.
  return parseRange(text)!
}
