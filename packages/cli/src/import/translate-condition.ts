import { isObject, jsonPath } from '@attune/core'
import type { Attribute, FindAttribute, Holds } from './attribute.ts'
import { type Groups, listOperators } from './growthbook-list.ts'
import { regex } from './growthbook-regex.ts'
import { isPlain, type Operator, plainMeaning, VALUE_OPERATORS } from './growthbook-value.ts'
import { sayMeaning } from './meaning.ts'
import { allOf, anyOf, type Tree } from './tree.ts'

/** A part of a condition that has no equal here. */
export interface Refusal {
  /** JSON path in the file. */
  readonly path: string
  readonly reason: string
}

/** What the site must hand in so that the answer is the same. */
export interface Assumption {
  readonly attribute: Attribute
  /** The attribute is missing or of one of these types. */
  readonly types: readonly Holds[]
}

/** A condition in our words, true exactly when theirs is; or what kept it from being said. */
export interface Translation {
  readonly tree: Tree
  readonly refusals: readonly Refusal[]
  readonly assumptions: readonly Assumption[]
}

/** Where attributes are found and which lists there are. */
export interface Vocabulary {
  readonly find: FindAttribute
  readonly groups: Groups
}

/** Translates a GrowthBook condition. */
export function translateCondition(
  condition: unknown,
  path: string,
  { find, groups }: Vocabulary,
): Translation {
  const refusals: Refusal[] = []
  const assumptions = new Map<string, Assumption>()
  const operators: { readonly [name: string]: Operator } = {
    ...VALUE_OPERATORS,
    ...listOperators(groups),
    $regex: regex(false),
    $regexi: regex(true),
  }
  const tree = sayCondition(condition, true, path)
  return { tree, refusals, assumptions: [...assumptions.values()] }

  function refuse(place: string, reason: string): Tree {
    refusals.push({ path: place, reason })
    return false
  }

  function sayCondition(shape: unknown, wanted: boolean, place: string): Tree {
    if (!isObject(shape)) return refuse(place, 'A condition is an object. Correct it where it comes from.')
    const members = Object.entries(shape).map(([key, member]) =>
      sayMember(key, member, wanted, jsonPath(place, key)),
    )
    return wanted ? allOf(members) : anyOf(members)
  }

  function sayMember(key: string, member: unknown, wanted: boolean, place: string): Tree {
    if (key === '$not') return sayCondition(member, !wanted, place)
    if (key === '$and') return sayList(member, wanted, place, true)
    if (key === '$or') return sayList(member, wanted, place, false)
    if (key === '$nor') return sayList(member, !wanted, place, false)
    return sayValue(find(key), member, wanted, place)
  }

  function sayList(list: unknown, wanted: boolean, place: string, every: boolean): Tree {
    if (!Array.isArray(list)) return refuse(place, 'This takes a list. Correct it where it comes from.')
    // There an empty "$or" is true.
    if (list.length === 0) return wanted
    const trees = list.map((item, at) => sayCondition(item, wanted, jsonPath(place, at)))
    return every === wanted ? allOf(trees) : anyOf(trees)
  }

  function sayValue(attribute: Attribute, value: unknown, wanted: boolean, place: string): Tree {
    if (isPlain(value) || value === null) return say(attribute, plainMeaning(value), wanted, place)
    if (!isObject(value) || !isOperators(value))
      return refuse(
        place,
        'Whole lists and objects are not compared here. Ask for their elements one by one.',
      )
    const trees = Object.entries(value).map(([name, operand]) =>
      name === '$not'
        ? sayValue(attribute, operand, !wanted, jsonPath(place, name))
        : sayOperator(attribute, name, operand, wanted, jsonPath(place, name)),
    )
    return wanted ? allOf(trees) : anyOf(trees)
  }

  function sayOperator(
    attribute: Attribute,
    name: string,
    operand: unknown,
    wanted: boolean,
    place: string,
  ): Tree {
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
    if (operator !== undefined) return say(attribute, operator(operand), wanted, place)
    return refuse(
      place,
      REFUSED[name] ?? `There is no operator ${JSON.stringify(name)}: it never passes there.`,
    )
  }

  function say(
    attribute: Attribute,
    meaning: Parameters<typeof sayMeaning>[0],
    wanted: boolean,
    place: string,
  ): Tree {
    const assume = (types: readonly Holds[]): void => {
      assumptions.set(`${attribute.name}:${types}`, { attribute, types })
    }
    return sayMeaning(meaning, { attribute, wanted, assume, refuse: (reason) => refuse(place, reason) })
  }
}

const REFUSED: { readonly [operator: string]: string } = {
  $size: 'The length of a list is not asked for here. Hand in the number as an attribute of its own.',
}

function isOperators(value: { readonly [name: string]: unknown }): boolean {
  const names = Object.keys(value)
  return names.length > 0 && names.every((name) => name.startsWith('$'))
}
