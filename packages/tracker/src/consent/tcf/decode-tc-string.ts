import { safely } from '../../safely.ts'
import { type Bits, openBits } from './read-bits.ts'

/** What a TC string says. Numbers of purposes and vendors are in rising order. */
export interface TcString {
  readonly version: 2
  /** ISO 8601; kept to a tenth of a second. */
  readonly created: string
  readonly lastUpdated: string
  readonly cmpId: number
  readonly cmpVersion: number
  readonly consentScreen: number
  readonly consentLanguage: string
  readonly vendorListVersion: number
  readonly policyVersion: number
  readonly isServiceSpecific: boolean
  readonly purposeOneTreatment: boolean
  readonly publisherCountryCode: string
  readonly specialFeatureOptins: readonly number[]
  readonly purposeConsents: readonly number[]
  readonly purposeLegitimateInterests: readonly number[]
  readonly vendorConsents: readonly number[]
  readonly vendorLegitimateInterests: readonly number[]
  /** Vendors that the visitor was shown; empty when the string does not say. */
  readonly vendorsDisclosed: readonly number[]
  readonly publisherConsents: readonly number[]
  readonly publisherLegitimateInterests: readonly number[]
  readonly publisherRestrictions: readonly TcRestriction[]
}

/** What a publisher forbids or asks of vendors for a purpose: 0 forbidden, 1 by consent alone, 2 by legitimate interest alone. */
export interface TcRestriction {
  readonly purposeId: number
  readonly restrictionType: number
  readonly vendors: readonly number[]
}

type Core = Omit<TcString, 'vendorsDisclosed' | 'publisherConsents' | 'publisherLegitimateInterests'>

const DISCLOSED = 1
const PUBLISHER = 3
// The vendors of a list today are some 1,300; a string that claims ranges past it is an attack on whoever reads it.
const MOST_VENDORS = 65_535
const MOST_RANGE_VENDORS = 1 << 20

/**
 * Decodes a TC string; `undefined` for what is none.
 * Source: IAB Tech Lab, TCF consent string and vendor list formats v2.3.
 */
export function decodeTcString(text: string): TcString | undefined {
  return safely(() => {
    const [first = '', ...rest] = text.split('.')
    const core = decodeCore(open(first))
    const segments = rest.map((segment) => open(segment))
    let told: Pick<TcString, 'vendorsDisclosed' | 'publisherConsents' | 'publisherLegitimateInterests'> = {
      vendorsDisclosed: [],
      publisherConsents: [],
      publisherLegitimateInterests: [],
    }
    for (const bits of segments) {
      const type = bits.read(3)
      if (type === DISCLOSED) told = { ...told, vendorsDisclosed: readVendors(bits) }
      if (type === PUBLISHER) {
        told = {
          ...told,
          publisherConsents: bits.readSet(24),
          publisherLegitimateInterests: bits.readSet(24),
        }
      }
    }
    return { ...core, ...told }
  })
}

function decodeCore(bits: Bits): Core {
  const { read } = bits
  const version = read(6)
  if (version !== 2) throw new RangeError('another version')
  return {
    version,
    created: readTime(bits),
    lastUpdated: readTime(bits),
    cmpId: read(12),
    cmpVersion: read(12),
    consentScreen: read(6),
    consentLanguage: readLetters(bits),
    vendorListVersion: read(12),
    policyVersion: read(6),
    // The bit after it was once for stacks that are no standard; it says nothing of consent.
    isServiceSpecific: read(2) >= 2,
    specialFeatureOptins: bits.readSet(12),
    purposeConsents: bits.readSet(24),
    purposeLegitimateInterests: bits.readSet(24),
    purposeOneTreatment: read(1) === 1,
    publisherCountryCode: readLetters(bits),
    vendorConsents: readVendors(bits),
    vendorLegitimateInterests: readVendors(bits),
    publisherRestrictions: readRestrictions(bits),
  }
}

function open(segment: string): Bits {
  const bits = openBits(segment)
  if (bits === undefined) throw new RangeError('no base64url')
  return bits
}

function readTime({ read }: Bits): string {
  return new Date(read(36) * 100).toISOString()
}

function readLetters({ read }: Bits): string {
  return String.fromCharCode(65 + read(6), 65 + read(6))
}

function readVendors(bits: Bits): number[] {
  const most = bits.read(16)
  const isRange = bits.read(1) === 1
  return isRange ? readRanges(bits) : bits.readSet(most)
}

function readRanges(bits: Bits): number[] {
  const vendors = new Set<number>()
  let seen = 0
  for (let left = bits.read(12); left > 0; left--) {
    const isRange = bits.read(1) === 1
    const from = bits.read(16)
    const to = isRange ? bits.read(16) : from
    seen += to - from
    if (to < from || to > MOST_VENDORS || seen > MOST_RANGE_VENDORS) throw new RangeError('no range')
    for (let id = from; id <= to; id++) vendors.add(id)
  }
  return [...vendors].sort((a, b) => a - b)
}

function readRestrictions(bits: Bits): TcRestriction[] {
  const restrictions: TcRestriction[] = []
  for (let left = bits.read(12); left > 0; left--) {
    restrictions.push({
      purposeId: bits.read(6),
      restrictionType: bits.read(2),
      vendors: readRanges(bits),
    })
  }
  return restrictions
}
