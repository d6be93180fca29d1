import type { Context } from '@attune/core'
import { decodeText } from '../decode-text.ts'
import { collect } from './collect.ts'

/** Names of the request headers in which a host tells where the visitor is. */
export interface GeoHeaders {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  readonly region?: string
  readonly city?: string
  /** IANA name. */
  readonly timezone?: string
}

/**
 * The headers of known hosts. A visitor whose host does not overwrite them can set them, and so choose their own
 * content: personalise by them, never protect by them.
 */
export const GEO_PRESETS: {
  readonly vercel: GeoHeaders
  readonly cloudflare: GeoHeaders
  readonly cloudfront: GeoHeaders
} = {
  vercel: {
    country: 'x-vercel-ip-country',
    region: 'x-vercel-ip-country-region',
    city: 'x-vercel-ip-city',
    timezone: 'x-vercel-ip-timezone',
  },
  // All but the country need the managed transform "Add visitor location headers".
  cloudflare: {
    country: 'cf-ipcountry',
    region: 'cf-region-code',
    city: 'cf-ipcity',
    timezone: 'cf-timezone',
  },
  cloudfront: {
    country: 'cloudfront-viewer-country',
    region: 'cloudfront-viewer-country-region',
    city: 'cloudfront-viewer-city',
    timezone: 'cloudfront-viewer-time-zone',
  },
}

// Percent-encoded, a name of some 70 letters of any script.
const MAX_NAME = 640
// XX and ZZ say that the host does not know.
const COUNTRY = /^(?!XX|ZZ)[A-Z]{2}$/

/** Reads where the visitor is; what is missing or malformed is left out. */
export function readGeo(headers: Headers, sources: readonly GeoHeaders[]): Context['geo'] & object {
  return collect(['country', 'region', 'city'] as const, (field) => {
    const text = readFirst(headers, sources, field as keyof GeoHeaders)
    if (text === undefined || text.length > MAX_NAME) return undefined
    // Hosts percent-encode names that are not ASCII.
    return field === 'country' ? COUNTRY.exec(text.toUpperCase())?.[0] : (decodeText(text) ?? text)
  })
}

/** The first value that any of the sources gives for a field. */
export function readFirst(
  headers: Headers,
  sources: readonly GeoHeaders[],
  field: keyof GeoHeaders,
): string | undefined {
  for (const { [field]: name } of sources) {
    const value = name === undefined ? null : headers.get(name)
    if (value) return value
  }
  return undefined
}
