import type { BlockInstance } from '@wordpress/blocks'
import { __, sprintf } from '@wordpress/i18n'
import { ADAPTIVE } from '../../blocks/adaptive/adaptive.ts'
import { VARIANT, variantsIn } from '../../blocks/variant/variant.ts'
import { type Audience, readAudience } from '../audience/audience.ts'
import { audienceWords, deletedAmong, type Segments } from '../segments/segment-words.ts'
import { placementTroubles } from './placement-troubles.ts'
import type { Trouble } from './trouble.ts'

/** Everything wrong with who sees what in some blocks and those inside them, at `now` (milliseconds). */
export function findTroubles(
  blocks: readonly BlockInstance[],
  segments: Segments,
  now: number,
): readonly Trouble[] {
  return blocks.flatMap((block) => troublesOf(block, [], segments, now))
}

function troublesOf(
  block: BlockInstance,
  around: readonly Audience[],
  segments: Segments,
  now: number,
): readonly Trouble[] {
  const audience = audienceOf(block)
  const own =
    block.name === ADAPTIVE ? placementTroubles(block, segments, now) : rowTroubles(block, around, segments)
  const inside = audience === undefined ? around : [...around, audience]
  return [...own, ...block.innerBlocks.flatMap((inner) => troublesOf(inner, inside, segments, now))]
}

function audienceOf(block: BlockInstance): Audience | undefined {
  if (block.name !== VARIANT) return readAudience(block.attributes)
  const [variant] = variantsIn([block])
  if (variant === undefined || variant.isDefault || variant.segments.length === 0) return undefined
  return { show: variant.match, segments: variant.segments }
}

function rowTroubles(
  block: BlockInstance,
  around: readonly Audience[],
  segments: Segments,
): readonly Trouble[] {
  const audience = block.name === VARIANT ? undefined : readAudience(block.attributes)
  if (audience === undefined) return []
  const { clientId } = block
  if (audience.show === 'nobody') {
    const text = __(
      'Who may see a block cannot be read, so nobody sees it. Choose its audience anew.',
      'attune',
    )
    return [{ clientId, text }]
  }
  const who = audienceWords(audience.show, audience.segments, segments)
  const deleted = deletedAmong(audience.segments, segments).map((key) => ({
    clientId,
    // translators: %s: key of a segment.
    text: sprintf(__('A block is for the segment %s, which was deleted. Choose another.', 'attune'), key),
  }))
  const disjoint = around.find((outer) => isDisjoint(outer, audience))
  if (disjoint === undefined) return deleted
  const outside = audienceWords(disjoint.show, disjoint.segments, segments)
  const text = sprintf(
    // translators: 1: who sees a block, 2: who sees the block around it.
    __('A block for “%1$s” stands inside content for “%2$s”: nobody sees it.', 'attune'),
    who,
    outside,
  )
  return [...deleted, { clientId, text }]
}

/** Whether nobody can belong to both: one takes in only those that the other keeps out. */
function isDisjoint(outer: Audience, inner: Audience): boolean {
  if (outer.show === 'nobody') return true
  const [out, into] = outer.show === 'none' ? [outer, inner] : [inner, outer]
  if (out.show !== 'none' || into.show === 'none' || into.segments.length === 0) return false
  const isOut = (key: string): boolean => out.segments.includes(key)
  return into.show === 'all' ? into.segments.some(isOut) : into.segments.every(isOut)
}
