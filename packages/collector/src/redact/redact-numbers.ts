import { isCard } from './is-card.ts'
import { isPhone } from './is-phone.ts'

/** What stands for the number of a payment card. */
export const CARD_MARK = '[card]'
/** What stands for a telephone number. */
export const PHONE_MARK = '[phone]'

// Digits in groups, with what people put between them.
const RUN = /[+(]{0,2}\d(?:[ \u00a0()./-]{0,3}\d)*/g
const GROUP = /[+(]{0,2}\d+/g
// As cards are embossed.
const EMBOSSED: readonly (readonly number[])[] = [
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
]
const LEAST_DIGITS = 7
// +49 (0) 30 12 34 56 78 has one more than any other.
const MOST_GROUPS = 8

interface Group {
  readonly start: number
  readonly end: number
}

/** Puts a mark in the place of card and telephone numbers. */
export function redactNumbers(text: string): string {
  return text.replace(RUN, (run, index: number) => {
    if (run.length < LEAST_DIGITS) return run
    return redactRun(run, text.charAt(index - 1), text.charAt(index + run.length))
  })
}

function redactRun(run: string, before: string, after: string): string {
  const groups = [...run.matchAll(GROUP)].map(({ 0: group, index }) => ({
    start: index,
    end: index + group.length,
  }))
  // Behind `ORD-`, `#` or a letter stands a number of the shop's, and so before a letter.
  const isNamed = /[\p{L}_#/-]/u.test(before)
  const last = /\p{L}/u.test(after) ? groups.length - 1 : groups.length
  let shown = ''
  let from = 0
  for (let at = 0; at < groups.length; ) {
    const card = cardAt(run, groups, at)
    const phone = card > 0 || (at === 0 && isNamed) ? 0 : phoneAt(run, groups, at, last)
    const taken = card || phone
    if (taken > 0) {
      shown += run.slice(from, groups[at]!.start) + (card > 0 ? CARD_MARK : PHONE_MARK)
      from = groups[at + taken - 1]!.end
    }
    at += Math.max(taken, 1)
  }
  return shown + run.slice(from)
}

/** How many groups from `at` on are a card's number. */
function cardAt(run: string, groups: readonly Group[], at: number): number {
  const digitsOf = (count: number): string =>
    groups
      .slice(at, at + count)
      .map(({ start, end }) => run.slice(start, end).replace(/\D/g, ''))
      .join('')
  if (isCard(digitsOf(1))) return 1
  const fits = EMBOSSED.find((lengths) =>
    lengths.every((length, step) => {
      const group = groups[at + step]
      return group !== undefined && group.end - group.start === length
    }),
  )
  return fits !== undefined && isCard(digitsOf(fits.length)) ? fits.length : 0
}

/** How many groups from `at` on, before `last`, are a telephone number: the most that can be. */
function phoneAt(run: string, groups: readonly Group[], at: number, last: number): number {
  const start = groups[at]!.start
  for (let count = Math.min(MOST_GROUPS, last - at); count > 0; count--) {
    if (isPhone(run.slice(start, groups[at + count - 1]!.end))) return count
  }
  return 0
}
