import { __, sprintf } from '@wordpress/i18n'
import type { Segment } from './segment.ts'
import type { Show } from './show.ts'

/** Segments as they are known: `undefined` while they are being fetched. */
export type Segments = readonly Segment[] | undefined

/** A segment's label; a deleted one keeps its key and says so. */
export function segmentLabel(key: string, segments: Segments): string {
  const segment = segments?.find((candidate) => candidate.key === key)
  if (segment !== undefined) return segment.label
  // translators: %s: key of a segment that no longer exists.
  return segments === undefined ? key : sprintf(__('%s (deleted)', 'attune'), key)
}

/** The keys that no published segment has; none while the segments are being fetched. */
export function deletedAmong(keys: readonly string[], segments: Segments): readonly string[] {
  if (segments === undefined) return []
  return keys.filter((key) => !segments.some((segment) => segment.key === key))
}

/** Who belongs to an audience, in a few words: "Returning or VIP". */
export function audienceWords(match: Show, keys: readonly string[], segments: Segments): string {
  if (match === 'nobody') return __('Nobody', 'attune')
  const labels = keys.map((key) => segmentLabel(key, segments))
  if (labels.length === 0) return __('Nobody yet', 'attune')
  if (match === 'none') {
    // translators: %s: names of segments, joined by "or".
    return sprintf(__('Everyone but %s', 'attune'), joinOr(labels))
  }
  return match === 'all' ? joinAnd(labels) : joinOr(labels)
}

function joinOr(labels: readonly string[]): string {
  // translators: 1: names of segments, 2: the last of them.
  return labels.reduce((said, label) => sprintf(__('%1$s or %2$s', 'attune'), said, label))
}

function joinAnd(labels: readonly string[]): string {
  // translators: 1: names of segments, 2: the last of them.
  return labels.reduce((said, label) => sprintf(__('%1$s and %2$s', 'attune'), said, label))
}
