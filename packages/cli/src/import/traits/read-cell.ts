import { MAX_TRAIT_LIST, MAX_TRAIT_TEXT, type TraitDefinition, type TraitValue } from '@attune/core'

/** Why a cell is not taken, with the cure. */
export interface BadCell {
  readonly problem: string
}

type TraitType = TraitDefinition['type']

const YES = new Set(['true', 'yes', '1', 'y'])
const NO = new Set(['false', 'no', '0', 'n'])
const NUMBER = /^[+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})(?:e[+-]?\d{1,3})?$/i

/** Reads a cell as the ruleset's type says; texts of a list are parted by `separator`. Nothing for an empty cell: it says nothing. */
export function readCell(text: string, type: TraitType, separator: string): TraitValue | BadCell | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  // What stands for a byte that was no UTF-8.
  if (trimmed.includes('�')) return { problem: 'is not UTF-8. Save the file as UTF-8.' }
  if (type === 'boolean') return readYesOrNo(trimmed)
  if (type === 'number') return readNumber(trimmed)
  if (type === 'list') return readList(trimmed, separator)
  return trimmed.length <= MAX_TRAIT_TEXT ? trimmed : TOO_LONG
}

/** Tells a bad cell from a value. */
export function isBad(cell: TraitValue | BadCell | undefined): cell is BadCell {
  return typeof cell === 'object' && 'problem' in cell
}

function readYesOrNo(text: string): boolean | BadCell {
  const word = text.toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : { problem: 'is no yes or no. Write true or false, yes or no, 1 or 0.' }
}

function readNumber(text: string): number | BadCell {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number)
    ? number
    : { problem: 'is no number. Write digits, with a point before decimals.' }
}

function readList(text: string, separator: string): readonly string[] | BadCell {
  const texts = text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (texts.length > MAX_TRAIT_LIST)
    return { problem: `has more than ${MAX_TRAIT_LIST} texts. Leave some out.` }
  return texts.some((part) => part.length > MAX_TRAIT_TEXT) ? TOO_LONG : texts
}

const TOO_LONG: BadCell = { problem: `has more than ${MAX_TRAIT_TEXT} characters. Shorten it.` }
