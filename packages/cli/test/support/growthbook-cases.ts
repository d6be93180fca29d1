import { emptyProfile, evaluateSegments, isObject, type Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { type Holds, parseMap } from '../../src/import/attribute.ts'
import { type Imported, importGrowthbook } from '../../src/import/import-growthbook.ts'

/** A case of GrowthBook's `evalCondition` section: name, condition, attributes, answer, saved groups. */
export type GrowthbookCase = readonly [
  name: string,
  condition: unknown,
  attributes: unknown,
  expected: boolean,
  groups?: unknown,
]

/** What became of a case. */
export interface CaseResult {
  readonly name: string
  readonly outcome: 'same' | 'refused' | 'different'
  /** Why it was refused, or what the answer was. */
  readonly detail: string
}

/** Imports the condition of a case and asks about its attributes. */
export function tryCase([name, condition, attributes, expected, groups = {}]: GrowthbookCase): CaseResult {
  const document = { features: { asked: { rules: [{ condition }] } }, savedGroups: groups }
  const imported = importGrowthbook(document, { map: parseMap(), key: 'asked' })
  const [refusal] = imported.refused
  if (refusal !== undefined) return { name, outcome: 'refused', detail: `${refusal.path}: ${refusal.reason}` }
  const misfit = findMisfit(imported, condition, attributes)
  if (misfit !== undefined) return { name, outcome: 'refused', detail: misfit }
  const match = evaluate(imported, customOf(condition, attributes))
  const outcome = (match === true) === expected ? 'same' : 'different'
  return { name, outcome, detail: `${match} instead of ${expected}` }
}

function evaluate({ segments }: Imported, custom: { readonly [name: string]: unknown }): boolean | null {
  const ruleset: Ruleset = { version: 1, revision: 'case', segments }
  const compiled = compileDocument(ruleset)
  const question = { now: 0, consent: {}, profile: emptyProfile(compiled.plan), context: { custom } }
  const [answer] = Object.values(evaluateSegments(compiled, question))
  return answer?.match ?? null
}

// An attribute holds one type of value, as the importer says, and nothing that a context cannot hold.
function findMisfit({ assumed }: Imported, condition: unknown, attributes: unknown): string | undefined {
  for (const name of attributesOf(condition)) {
    const value = valueAt(attributes, name)
    if (value === undefined) continue
    const types = typesOf(value)
    if (types.length === 0) return `The attribute ${name} is an object or a list of other things than text.`
    const broken = assumed.find(
      (assumption) =>
        assumption.attribute.name === name && !types.some((type) => assumption.types.includes(type)),
    )
    if (broken !== undefined) return `The attribute ${name} is ${types[0]}, but is asked for ${broken.types}.`
  }
  return undefined
}

function customOf(condition: unknown, attributes: unknown): { readonly [name: string]: unknown } {
  return Object.fromEntries(attributesOf(condition).map((name) => [name, valueAt(attributes, name)]))
}

const TREES = ['$and', '$or', '$nor', '$not']

function attributesOf(condition: unknown): readonly string[] {
  if (Array.isArray(condition)) return condition.flatMap(attributesOf)
  if (!isObject(condition)) return []
  return Object.entries(condition).flatMap(([key, member]) =>
    TREES.includes(key) ? attributesOf(member) : [key],
  )
}

// GrowthBook walks into nested attributes; here they are handed in flat.
function valueAt(attributes: unknown, name: string): unknown {
  let value = attributes
  for (const step of name.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined
    value = value[step]
  }
  return value ?? undefined
}

const VERSION = /^(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){2}$/

function typesOf(value: unknown): readonly Holds[] {
  if (typeof value === 'string') return VERSION.test(value) ? ['text', 'version'] : ['text']
  if (typeof value === 'number') return ['number']
  if (typeof value === 'boolean') return ['boolean']
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? ['list'] : []
}
