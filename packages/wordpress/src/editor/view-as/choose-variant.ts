import type { VariantBlock } from '../../blocks/variant/variant.ts'
import type { Match, Show } from '../segments/show.ts'

/** Segment → whether the visitor is in it; `null` is unknown. A segment that is not there was deleted. */
export type Answers = Readonly<Record<string, boolean | null>>

/** What of a variant decides whether it is shown. */
export type Choosable = Pick<VariantBlock, 'segments' | 'match' | 'isDefault' | 'from' | 'until'>

/**
 * The place of the variant that a visitor with these answers sees at `now` (milliseconds): the first whose schedule is open
 * and whose audience takes them in, else the default; -1 when there is neither. The twin of the plugin's `choose_variant`.
 */
export function chooseVariant(variants: readonly Choosable[], answers: Answers, now: number): number {
  const chosen = variants.findIndex(
    (variant) => !variant.isDefault && isOpen(variant, now) && takesIn(variant, answers),
  )
  return chosen < 0 ? variants.findIndex(({ isDefault }) => isDefault) : chosen
}

/** Whether a block with an audience is shown. Of whom nothing is known, they see what is hidden from some, and no more. */
export function showsAudience(show: Show, segments: readonly string[], answers: Answers): boolean {
  if (show === 'nobody') return false
  if (segments.length === 0) return true
  return show === 'none' ? !holds('any', segments, answers) : holds(show, segments, answers)
}

function takesIn({ match, segments, from, until }: Choosable, answers: Answers): boolean {
  if (match === 'nobody') return false
  // A schedule without segments is for everybody; without either nobody was chosen yet.
  if (segments.length === 0) return from !== '' || until !== ''
  return holds(match, segments, answers)
}

// An audience that names a deleted segment takes nobody in, `any` included.
function holds(match: Match, segments: readonly string[], answers: Answers): boolean {
  if (!segments.every((key) => Object.hasOwn(answers, key))) return false
  if (match === 'none') return segments.every((key) => answers[key] === false)
  return match === 'all'
    ? segments.every((key) => answers[key] === true)
    : segments.some((key) => answers[key] === true)
}

function isOpen({ from, until }: Choosable, now: number): boolean {
  // What is no instant never opens: NaN is neither before nor after.
  return (from === '' || now >= Date.parse(from)) && (until === '' || now < Date.parse(until))
}
