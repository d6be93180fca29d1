import { __, sprintf } from '@wordpress/i18n'
import { audienceWords, type Segments } from '../../editor/segments/segment-words.ts'
import { readShow } from '../../editor/segments/show.ts'
import type { VariantAttributes } from './variant.ts'

/** What a variant is called: its label, else its audience, else its schedule, else its key. */
export function variantTitle(variant: VariantAttributes, segments: Segments): string {
  if (variant.label !== '') return variant.label
  if (variant.isDefault) return __('Default', 'attune')
  if (variant.segments.length > 0) return audienceWords(readShow(variant.match), variant.segments, segments)
  if (variant.from !== '' || variant.until !== '') return __('Scheduled', 'attune')
  const [, number = ''] = /^variant-(\d+)$/.exec(variant.key) ?? []
  // translators: %s: a number.
  return number === '' ? variant.key : sprintf(__('Variant %s', 'attune'), number)
}

/** Who sees a variant, as one sentence for its settings. `place` counts from 1. */
export function whoSees(variant: VariantAttributes, place: number, isExperiment: boolean): string {
  if (variant.isDefault) return __('Everyone who belongs to no other variant sees this one.', 'attune')
  if (isExperiment) return __('A part of the visitors, always the same ones, see this variant.', 'attune')
  if (place === 1) return __('Tried first: who belongs to its audience sees this variant.', 'attune')
  return sprintf(
    // translators: %d: place in the order, from 2 on.
    __('Tried in place %d: who belongs to an earlier variant never gets here.', 'attune'),
    place,
  )
}
