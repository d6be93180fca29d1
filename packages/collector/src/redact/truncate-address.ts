import { type AddressBytes, parseAddress } from '../parse-address.ts'

/**
 * Shortens an IP address to what tells a region and no household: `/24` of IPv4 (`203.0.113.0`), `/48` of IPv6 (`2001:db8:1::`). An
 * IPv4 address inside IPv6 counts as IPv4; brackets, a zone and a port are left out. `undefined` for what is no address. Nothing may
 * keep, queue or log an address that did not pass here.
 */
export function truncateAddress(text: string): string | undefined {
  const bytes = parseAddress(text)
  if (bytes === undefined) return undefined
  const [a, b, c] = isTranslated(bytes) ? bytes.slice(12) : bytes
  if (bytes.length === 4 || isTranslated(bytes)) return `${a}.${b}.${c}.0`
  const groups = [0, 2, 4].map((at) => ((bytes[at]! << 8) | bytes[at + 1]!).toString(16))
  return `${groups.join(':')}::`
}

// An IPv4 address as a network of IPv6 alone sees it: 64:ff9b::/96 (RFC 6052).
function isTranslated(bytes: AddressBytes): boolean {
  return bytes.length === 16 && bytes.slice(0, 12).join() === '0,100,255,155,0,0,0,0,0,0,0,0'
}
