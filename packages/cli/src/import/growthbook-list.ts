import { isObject } from '@attune/core'
import { isPlain, type Operator, type Plain } from './growthbook-value.ts'
import type { Meaning, Part, Test } from './meaning.ts'

/** The lists that conditions name, by id. */
export type Groups = { readonly [id: string]: readonly unknown[] }

/** The operators that look at lists, the attribute's or the condition's. */
export function listOperators(groups: Groups): { readonly [name: string]: Operator } {
  const inGroup = (operand: unknown): Meaning => {
    const group = typeof operand === 'string' && Object.hasOwn(groups, operand) ? groups[operand] : undefined
    if (group !== undefined) return isIn(group)
    return { refused: `The file holds no saved group ${JSON.stringify(operand)}. Export the groups with it.` }
  }
  return {
    $in: (operand) => Array.isArray(operand) && isIn(operand),
    $nin: (operand) => Array.isArray(operand) && { not: isIn(operand) },
    $ini: (operand) => Array.isArray(operand) && isIn(operand, true),
    $nini: (operand) => Array.isArray(operand) && { not: isIn(operand, true) },
    $inGroup: inGroup,
    $notInGroup: (operand) => ({ not: inGroup(operand) }),
    $all: (operand) => Array.isArray(operand) && hasAll(operand),
    $alli: (operand) => Array.isArray(operand) && hasAll(operand, true),
    $elemMatch: someElement,
  }
}

/** Why text beyond ASCII cannot be compared without its case. */
export const NOT_ASCII = {
  refused:
    'Only A–Z and a–z are taken for the same here. Write out the spellings of the other letters with "$in".',
}

// An attribute that is a list passes if one of its elements does.
function isIn(list: readonly unknown[], ignoreCase = false): Meaning {
  // No list and no object equals another one there.
  const plain = list.filter(isPlain)
  const texts = plain.filter((item) => typeof item === 'string')
  if (ignoreCase && !texts.every(isFoldable)) return NOT_ASCII
  const missing = list.includes(null)
  if (plain.length === 0) return missing ? { not: { exists: true } } : false
  const fold = ignoreCase ? ({ ignoreCase } as const) : {}
  const numbers = plain.filter((item) => typeof item === 'number')
  const booleans = plain.filter((item) => typeof item === 'boolean')
  const parts: readonly Part[] = [
    ...(texts.length > 0 ? [{ holds: 'text', test: { ...oneOf(texts), ...fold } } as const] : []),
    ...(texts.length > 0 ? [{ holds: 'list', test: { hasAny: unique(texts), ...fold } } as const] : []),
    ...(numbers.length > 0 ? [{ holds: 'number', test: oneOf(numbers) } as const] : []),
    ...(booleans.length > 0 ? [{ holds: 'boolean', test: oneOf(booleans) } as const] : []),
  ]
  return { missing, strict: true, parts }
}

function oneOf(list: readonly Plain[]): Test {
  const values = unique(list)
  return values.length === 1 ? { is: values[0] as Plain } : { in: values }
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)]
}

function hasAll(list: readonly unknown[], ignoreCase = false): Meaning {
  const texts = list.filter((item) => typeof item === 'string')
  if (texts.length === 0 || texts.length < list.length)
    return { refused: 'Lists hold text here. Name one text or more, and nothing else.' }
  if (ignoreCase && !texts.every(isFoldable)) return NOT_ASCII
  const test = { hasAll: unique(texts), ...(ignoreCase ? { ignoreCase } : {}) }
  return { missing: false, strict: true, parts: [{ holds: 'list', test }] }
}

// Empty text is passed over there.
function someElement(operand: unknown): Meaning {
  const texts = isObject(operand) ? elementsAsked(operand) : undefined
  if (texts === undefined)
    return { refused: 'Only "$eq" and "$in" with text can be asked of the elements of a list here.' }
  const wanted = texts.filter((text) => text !== '')
  if (wanted.length === 0) return false
  return { missing: false, strict: true, parts: [{ holds: 'list', test: { hasAny: unique(wanted) } }] }
}

function elementsAsked(operand: { readonly [name: string]: unknown }): readonly string[] | undefined {
  const [[name, asked] = [], ...more] = Object.entries(operand)
  if (more.length > 0) return undefined
  const list = name === '$eq' ? [asked] : name === '$in' && Array.isArray(asked) ? asked : undefined
  return list?.every((item) => typeof item === 'string') ? list : undefined
}

/** Tells whether case is folded here as there: beyond ASCII a letter with another case would not be. */
export function isFoldable(text: string): boolean {
  const beyond = text.replace(/[ -~]/g, '')
  return beyond.toLowerCase() === beyond && beyond.toUpperCase() === beyond
}
