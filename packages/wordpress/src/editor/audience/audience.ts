import { readShow, type Show } from '../segments/show.ts'

/** Who may see a block: what its Audience row keeps in `metadata.attune`. */
export interface Audience {
  readonly show: Show
  readonly segments: readonly string[]
}

// The version of what is kept.
const VERSION = 1

type Attributes = Readonly<Record<string, unknown>>

// More than the server looks at makes a row that cannot be read.
const MOST_SEGMENTS = 64
const LONGEST_KEY = 256

/** The audience of a block; undefined when everybody sees it. The twin of the plugin's `parse_audience`. */
export function readAudience(attributes: Attributes | null): Audience | undefined {
  const row = namesIn(metadataOf(attributes).attune)
  const given = row.segments
  if (given === undefined || given === null) return undefined
  // PHP reads an object's members as it reads a list's.
  const listed: readonly unknown[] = Object.values(namesIn(given))
  const show = readShow(row.show)
  // Nobody is chosen yet, and everybody sees the block.
  if (listed.length === 0 && typeof given === 'object')
    return { show: show === 'nobody' ? 'any' : show, segments: [] }
  const segments = listed.filter(isKey)
  const isSound = listed.length > 0 && listed.length <= MOST_SEGMENTS && segments.length === listed.length
  if (isSound) return { show, segments }
  // Whom a row hides a block from cannot be known: it is hidden from none. Whom it shows a block to: it is shown to none.
  return show === 'none' ? undefined : { show: 'nobody', segments }
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && new TextEncoder().encode(value).length <= LONGEST_KEY
}

/** The attributes that give a block another audience; without one nothing of ours is left behind. */
export function writeAudience(attributes: Attributes, audience: Audience | undefined): Attributes {
  const { attune: _, ...metadata } = metadataOf(attributes)
  if (audience !== undefined) return { metadata: { ...metadata, attune: { ...audience, v: VERSION } } }
  return { metadata: Object.keys(metadata).length === 0 ? undefined : metadata }
}

function metadataOf(attributes: Attributes | null): Attributes {
  // Core's own attribute: an object with free names.
  return namesIn(attributes?.metadata)
}

function namesIn(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {}
}
