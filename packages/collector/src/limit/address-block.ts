import { parseAddress } from '../parse-address.ts'

/**
 * The block of addresses that one sender may use at will, as text: the first 24 bits of an IPv4 address, the first 56 of an IPv6 one,
 * which is what a household gets (RFC 6177). `undefined` when the text is no address.
 */
export function blockOf(address: string): string | undefined {
  const bytes = parseAddress(address)
  if (bytes === undefined) return undefined
  return bytes.length === 4 ? bytes.slice(0, 3).join('.') : bytes.slice(0, 7).join(':')
}
