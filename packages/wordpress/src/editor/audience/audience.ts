import { type Match, readMatch } from '../../blocks/variant/variant.ts'

/** Who may see a block: what its Audience row keeps in `metadata.attune`. */
export interface Audience {
  readonly show: Match
  readonly segments: readonly string[]
}

// The version of what is kept.
const VERSION = 1

type Attributes = Readonly<Record<string, unknown>>

/** The audience of a block; undefined when everybody sees it. */
export function readAudience(attributes: Attributes | null): Audience | undefined {
  const row = metadataOf(attributes).attune
  if (typeof row !== 'object' || row === null || !('segments' in row) || !Array.isArray(row.segments))
    return undefined
  const segments = row.segments.filter((key): key is string => typeof key === 'string')
  return { show: readMatch('show' in row ? row.show : undefined), segments }
}

/** The attributes that give a block another audience; without one nothing of ours is left behind. */
export function writeAudience(attributes: Attributes, audience: Audience | undefined): Attributes {
  const { attune: _, ...metadata } = metadataOf(attributes)
  if (audience !== undefined) return { metadata: { ...metadata, attune: { ...audience, v: VERSION } } }
  return { metadata: Object.keys(metadata).length === 0 ? undefined : metadata }
}

function metadataOf(attributes: Attributes | null): Attributes {
  const metadata = attributes?.metadata
  // Core's own attribute: an object with free names.
  return typeof metadata === 'object' && metadata !== null ? (metadata as Attributes) : {}
}
