import type { Attr, Condition } from '@attune/core'
import { type Attribute, type Holds, mayHold } from './attribute.ts'
import { allOf, anyOf, type Tree } from './tree.ts'

/** A test of an attribute, without its path. */
export type Test = Omit<Attr, 'attr'>

/** What a claim says of values of one type: they pass the test, or, `negated`, they fail it. */
export interface Part {
  readonly holds: Holds
  readonly test: Test
  readonly negated?: true
}

/** What an operator of another tool says of an attribute, in our words. */
export interface Claim {
  /** Whether a missing value passes it there. */
  readonly missing: boolean
  /** Whether there every value of a type that no part speaks of fails it. */
  readonly strict: boolean
  /** A value passes if a part of its type says so. */
  readonly parts: readonly Part[]
}

/** A claim, or its opposite; that there is a value; true or false whatever the value; or why we cannot say it. */
export type Meaning =
  | Claim
  | boolean
  | { readonly exists: true }
  | { readonly not: Meaning }
  | { readonly refused: string }

/** What is wanted of an attribute, and whom to tell what came up. */
export interface Saying {
  readonly attribute: Attribute
  /** Whether the meaning is to hold, or to fail. */
  readonly wanted: boolean
  /** The answer is the same as there only for values of these types. */
  readonly assume: (types: readonly Holds[]) => void
  readonly refuse: (reason: string) => void
}

/**
 * The condition that is true exactly when the meaning is wanted. Here `not` of a missing value is unknown, so both
 * sides are spelt out.
 */
export function sayMeaning(meaning: Meaning, saying: Saying): Tree {
  const { wanted, attribute, refuse } = saying
  if (typeof meaning === 'boolean') return meaning === wanted
  if ('not' in meaning) return sayMeaning(meaning.not, { ...saying, wanted: !wanted })
  if ('exists' in meaning) return { attr: attribute.path, exists: wanted }
  if ('parts' in meaning) return sayClaim(meaning, saying)
  refuse(meaning.refused)
  return false
}

function sayClaim({ missing, strict, parts }: Claim, { attribute, wanted, assume, refuse }: Saying): Tree {
  const { path, holds } = attribute
  const fitting = parts.filter((part) => mayHold(holds, part.holds))
  if (fitting.length === 0) {
    refuse(`${path} holds ${holds}, but this asks for ${parts.map((part) => part.holds).join(' or ')}.`)
    return false
  }
  const types = [...new Set(fitting.map((part) => part.holds))]
  if (!(strict && wanted)) assume(types)
  const said = types.map((type) => {
    const tests = fitting.filter((part) => part.holds === type).map((part) => sayPart(part, path, wanted))
    return wanted ? anyOf(tests) : allOf(tests)
  })
  return anyOf(missing === wanted ? [{ attr: path, exists: false }, ...said] : said)
}

// The opposite of a test among values of its type.
const OPPOSITES: { readonly [name: string]: string } = {
  is: 'isNot',
  in: 'notIn',
  atLeast: 'lessThan',
  lessThan: 'atLeast',
  atMost: 'moreThan',
  moreThan: 'atMost',
}

function sayPart({ test, negated }: Part, path: string, wanted: boolean): Condition {
  if (wanted !== (negated === true)) return { attr: path, ...test }
  const members = Object.entries(test)
  const turned = members.map(([name, operand]) => [OPPOSITES[name] ?? name, operand] as const)
  const isTurned = members.some(([name]) => Object.hasOwn(OPPOSITES, name))
  return isTurned ? { attr: path, ...Object.fromEntries(turned) } : { not: { attr: path, ...test } }
}
