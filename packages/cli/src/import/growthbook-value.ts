import type { Claim, Meaning, Test } from './meaning.ts'

/** What an operator with an operand means. */
export type Operator = (operand: unknown) => Meaning

/** A value that tests may name. */
export type Plain = string | number | boolean

/** Tells whether a value is text, a number, true or false. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** The claim that an attribute is one value. */
export function isValue(value: Plain, { missing, strict }: Omit<Claim, 'parts'>): Claim {
  const holds = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'
  return { missing, strict, parts: [{ holds, test: { is: value } }] }
}

const IS_MISSING: Meaning = { not: { exists: true } }

/** A value that stands for itself: there the attribute is turned into the type of the value first. */
export function plainMeaning(value: Plain | null): Meaning {
  if (value === null) return IS_MISSING
  // A missing attribute is turned into the text "null" or the number 0, but neither into true nor false.
  return isValue(value, { missing: value === 'null' || value === 0, strict: false })
}

function equals(operand: unknown): Meaning {
  if (operand === null) return IS_MISSING
  // No list and no object equals another one there.
  return isPlain(operand) && isValue(operand, { missing: false, strict: true })
}

// A missing attribute compares as 0 there.
function compare(
  test: (bound: number) => Test,
  passes: (missing: number, bound: number) => boolean,
): Operator {
  return (operand) => {
    if (typeof operand !== 'number')
      return { refused: 'Here only numbers have an order. Compare with a number, not in quotes.' }
    if (!Number.isInteger(operand) && Number(operand.toFixed(4)) !== operand)
      return { refused: 'Numbers are compared with at most four decimals here. Round it.' }
    return { missing: passes(0, operand), strict: false, parts: [{ holds: 'number', test: test(operand) }] }
  }
}

// Longer or padded parts, pre-releases and other numbers of parts are ordered differently there.
const VERSION = /^v?((?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){2})(?:\+.*)?$/

// A missing attribute is a version below all others there.
function compareVersion(missing: boolean, test: (version: string) => Test, negated?: true): Operator {
  return (operand) => {
    const version = typeof operand === 'string' ? VERSION.exec(operand)?.[1] : undefined
    if (version === undefined)
      return {
        refused:
          'Versions are three numbers with dots here, without a pre-release. Write for example "2.10.0".',
      }
    const part = { holds: 'version', test: test(version), ...(negated ? { negated } : {}) } as const
    return { missing, strict: false, parts: [part] }
  }
}

const versionIs = compareVersion(false, (version) => ({ is: version }))

/** The operators that look at an attribute as one value. */
export const VALUE_OPERATORS: { readonly [name: string]: Operator } = {
  $eq: equals,
  $ne: (operand) => ({ not: equals(operand) }),
  $gt: compare(
    (bound) => ({ moreThan: bound }),
    (missing, bound) => missing > bound,
  ),
  $gte: compare(
    (bound) => ({ atLeast: bound }),
    (missing, bound) => missing >= bound,
  ),
  $lt: compare(
    (bound) => ({ lessThan: bound }),
    (missing, bound) => missing < bound,
  ),
  $lte: compare(
    (bound) => ({ atMost: bound }),
    (missing, bound) => missing <= bound,
  ),
  $veq: versionIs,
  $vne: (operand) => ({ not: versionIs(operand) }),
  $vgt: compareVersion(false, (version) => ({ versionAtMost: version }), true),
  $vgte: compareVersion(false, (version) => ({ versionAtLeast: version })),
  $vlt: compareVersion(true, (version) => ({ versionAtLeast: version }), true),
  $vlte: compareVersion(true, (version) => ({ versionAtMost: version })),
  // Any operand that counts as true there asks for a value.
  $exists: (operand) => (operand ? { exists: true } : IS_MISSING),
  $type: (operand) =>
    operand === 'null'
      ? IS_MISSING
      : { refused: 'Nothing here asks for the type of a value. Ask for the value, or use "exists".' },
}
