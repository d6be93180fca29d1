import type { BlockInstance } from '@wordpress/blocks'
import { __, sprintf } from '@wordpress/i18n'
import { readAdaptive } from '../../blocks/adaptive/adaptive.ts'
import { type VariantBlock, variantsIn } from '../../blocks/variant/variant.ts'
import { variantTitle } from '../../blocks/variant/variant-words.ts'
import { deletedAmong, type Segments } from '../segments/segment-words.ts'
import { covers } from './covers.ts'
import type { Trouble } from './trouble.ts'

/** What is wrong with an Adaptive Content block and its variants, at `now` (milliseconds). */
export function placementTroubles(block: BlockInstance, segments: Segments, now: number): readonly Trouble[] {
  const { label, delivery, strategy } = readAdaptive(block)
  const variants = variantsIn(block.innerBlocks)
  const name = label === '' ? __('Adaptive Content', 'attune') : label
  const missing = variants.some(({ isDefault }) => isDefault)
    ? []
    : [
        {
          clientId: block.clientId,
          // translators: %s: name of a placement.
          text: sprintf(
            __('%s has no default: most visitors see nothing there. Mark one variant.', 'attune'),
            name,
          ),
        },
      ]
  const isExperiment = strategy === 'experiment'
  const asked = variants.filter(({ isDefault }) => !isDefault)
  const found = asked.flatMap((variant, at) => {
    const sentences = [
      ...emptyVariant(variant),
      ...nobodyChosen(variant, isExperiment),
      ...unreachable(variant, isExperiment ? [] : asked.slice(0, at), segments),
      ...unreadable(variant),
      ...deleted(variant, segments),
      ...madePublic(variant, delivery, segments),
      ...unknownBehindCaches(variant, delivery, segments),
      ...past(variant, now),
    ]
    const title = `${name}, ${variantTitle(variant, segments)}`
    return sentences.map((text) => ({ clientId: variant.clientId, text: `${title}: ${text}` }))
  })
  return [...missing, ...found]
}

function emptyVariant({ innerBlocks }: VariantBlock): readonly string[] {
  const isEmpty = innerBlocks.every(
    ({ name, attributes }) => name === 'core/paragraph' && String(attributes.content ?? '') === '',
  )
  return isEmpty ? [__('it is empty: who belongs to it sees nothing.', 'attune')] : []
}

function nobodyChosen(
  { segments, from, until, share }: VariantBlock,
  isExperiment: boolean,
): readonly string[] {
  if (isExperiment)
    return share === undefined ? [__('it has no share of visitors: nobody sees it.', 'attune')] : []
  if (segments.length > 0 || from !== '' || until !== '') return []
  return [__('nobody is chosen to see it. Choose a segment or a schedule.', 'attune')]
}

function unreadable({ match }: VariantBlock): readonly string[] {
  if (match !== 'nobody') return []
  return [
    __('how its segments decide cannot be read, so nobody sees it. Choose its audience anew.', 'attune'),
  ]
}

function unreachable(
  variant: VariantBlock,
  earlier: readonly VariantBlock[],
  segments: Segments,
): readonly string[] {
  const before = earlier.find((other) => covers(other, variant))
  if (before === undefined) return []
  // translators: %s: name of a variant.
  const text = __('nobody gets here, since “%s” takes them in first. Move this one earlier.', 'attune')
  return [sprintf(text, variantTitle(before, segments))]
}

function deleted({ segments: keys }: VariantBlock, segments: Segments): readonly string[] {
  return deletedAmong(keys, segments).map((key) =>
    // translators: %s: key of a segment.
    sprintf(__('the segment %s was deleted, so nobody sees it. Choose another.', 'attune'), key),
  )
}

function madePublic(
  { segments: keys }: VariantBlock,
  delivery: string,
  segments: Segments,
): readonly string[] {
  // The other ways keep a variant out of the source that everybody is sent.
  if (delivery !== 'inline') return []
  return (segments ?? [])
    .filter(({ key, confidential }) => confidential && keys.includes(key))
    .map(({ label }) =>
      sprintf(
        // translators: %s: name of a segment.
        __('“%s” is confidential, but this delivery is public. Choose Automatic or Fetched.', 'attune'),
        label,
      ),
    )
}

function unknownBehindCaches(
  { segments: keys }: VariantBlock,
  delivery: string,
  segments: Segments,
): readonly string[] {
  // No cache keeps a page whose variants are chosen on the server.
  if (delivery === 'server') return []
  return (segments ?? [])
    .filter(({ key, cached }) => !cached && keys.includes(key))
    .map(({ label, confidential }) =>
      sprintf(
        confidential
          ? // translators: %s: name of a segment.
            __(
              '“%s” is confidential and the site has no collector: on pages that a cache keeps nobody is known to be in it.',
              'attune',
            )
          : // translators: %s: name of a segment.
            __(
              '“%s” is past the first 32 segments: on pages that a cache keeps nobody is known to be in it. Move it up in the ruleset.',
              'attune',
            ),
        label,
      ),
    )
}

function past({ from, until }: VariantBlock, now: number): readonly string[] {
  if (until !== '' && !(now < Date.parse(until))) return [__('its schedule has passed.', 'attune')]
  if (from !== '' && until !== '' && !(Date.parse(from) < Date.parse(until)))
    return [__('its schedule ends before it begins.', 'attune')]
  return []
}
