import type { CollectorOptions } from '@attune/collector'
import { GEO_PRESETS, readGeo } from '@attune/edge'
import type { PlaceHeaders } from '../options/read-consent-rules.ts'

const PRESETS = Object.values(GEO_PRESETS)

/**
 * Creates what says where a visitor is: by the headers that were named, and for pages with live placements also by those of known hosts, as pages are decided
 * by; nothing where none of them says it.
 */
export function createPlaceReader(
  named: PlaceHeaders | undefined,
  hasSockets: boolean,
): NonNullable<CollectorOptions['context']> {
  const sources = [...(named === undefined ? [] : [named]), ...(hasSockets ? PRESETS : [])]
  return ({ headers }) => {
    const geo = readGeo(headers, sources)
    return Object.keys(geo).length === 0 ? {} : { geo }
  }
}
