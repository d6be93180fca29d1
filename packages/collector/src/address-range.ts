import { type AddressBytes, parseAddress } from './parse-address.ts'

/** Addresses that begin with the same bits. */
export interface AddressRange {
  readonly bytes: AddressBytes
  readonly bits: number
}

/** Reads a range: `10.0.0.0/8`, `2001:db8::/32` or one address. */
export function parseRange(text: string): AddressRange | undefined {
  const [address = '', bits, more] = text.split('/')
  const bytes = parseAddress(address)
  if (bytes === undefined || more !== undefined) return undefined
  const all = bytes.length * 8
  if (bits === undefined) return { bytes, bits: all }
  return /^\d{1,3}$/.test(bits) && Number(bits) <= all ? { bytes, bits: Number(bits) } : undefined
}

/** Tells whether an address lies in a range. */
export function isWithin(address: AddressBytes, { bytes, bits }: AddressRange): boolean {
  if (address.length !== bytes.length) return false
  return bytes.every((byte, at) => {
    const mask = (0xff << (8 - Math.max(0, Math.min(8, bits - 8 * at)))) & 0xff
    return (byte & mask) === (address[at]! & mask)
  })
}
