import { didYouMean, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { LEAVES } from './check-leaf.ts'
import type { Shape } from './check-scope.ts'
import { KINDS, type Kind } from './condition.ts'
import type { ConditionCheck } from './condition-check.ts'

/** The most nodes a segment's tree may have; a reference is one node. */
export const MAX_NODES = 64
/** The deepest tree. */
export const MAX_TREE_DEPTH = 8

// A kind without a format yet is not offered.
const NAMED_KINDS = KINDS.filter((kind) => kind !== 'model')
/** What other tools call them. By spelling alone "and" is nearest to "any". */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['and', 'all'],
  ['$and', 'all'],
  ['or', 'any'],
  ['$or', 'any'],
  ['$not', 'not'],
])

/** Checks a condition and all below it, and its size. */
export function checkCondition(scope: ConditionCheck, path: string, condition: unknown): void {
  const nodes = checkNode(scope, path, condition, 1)
  if (nodes > MAX_NODES) {
    scope.findings.error(
      path,
      'too-many-nodes',
      `This tree has ${nodes} nodes; ${MAX_NODES} are allowed. Move parts into segments of their own.`,
      nodes,
    )
  }
}

function checkNode(scope: ConditionCheck, path: string, condition: unknown, depth: number): number {
  const { findings } = scope
  if (findings.isFull || !isCondition(scope, path, condition)) return 1
  if (depth > MAX_TREE_DEPTH) {
    findings.error(
      path,
      'too-deep',
      `This tree is deeper than ${MAX_TREE_DEPTH}. Move parts into segments of their own.`,
    )
    return 1
  }
  const kind = checkKind(scope, path, condition)
  if (kind === undefined) return 1
  const children = childShapes(scope, path, kind, condition)
  if (children === undefined) {
    LEAVES[kind as keyof typeof LEAVES](scope, path, condition)
    return 1
  }
  return children.reduce((nodes, [place, child]) => nodes + checkNode(scope, place, child, depth + 1), 1)
}

function isCondition({ findings }: ConditionCheck, path: string, condition: unknown): condition is Shape {
  const cure =
    typeof condition === 'string'
      ? `For a segment write { "segment": ${quote(condition)} }.`
      : Array.isArray(condition)
        ? 'Put several into { "all": [ … ] } or { "any": [ … ] }.'
        : undefined
  if (cure === undefined) return findings.object(path, condition, 'A condition')
  findings.error(
    path,
    'not-an-object',
    `A condition is an object, not ${quote(condition)}. ${cure}`,
    condition,
  )
  return false
}

function checkKind({ findings }: ConditionCheck, path: string, shape: Shape): Kind | undefined {
  const marks = KINDS.filter(
    (name) => Object.hasOwn(shape, name) && (name !== 'atLeast' || Array.isArray(shape.of)),
  )
  // A comparator beside another kind's mark is not a kind of its own.
  const kinds = marks.length > 1 ? marks.filter((name) => name !== 'atLeast') : marks
  if (kinds.length === 1) return kinds[0]
  const keys = Object.keys(shape)
  const hint = didYouMean(ELSEWHERE.get(keys[0]?.toLowerCase() ?? '') ?? keys[0], NAMED_KINDS)
  if (kinds.length === 0)
    findings.error(
      path,
      'unknown-kind',
      `No kind of condition has the fields ${keys.map(quote).join(', ') || 'of an empty object'}. Known kinds: ${NAMED_KINDS.join(', ')}.${hint}`,
      keys,
    )
  else
    findings.error(
      path,
      'unknown-kind',
      `One condition is of one kind; this has ${kinds.join(' and ')}. Put them into an "all".`,
      kinds,
    )
  return undefined
}

function childShapes(
  scope: ConditionCheck,
  path: string,
  kind: Kind,
  shape: Shape,
): readonly (readonly [path: string, child: unknown])[] | undefined {
  const { findings } = scope
  if (kind === 'not') {
    findings.fields(path, shape, ['not'])
    return [[jsonPath(path, 'not'), shape.not]]
  }
  if (kind !== 'all' && kind !== 'any' && kind !== 'atLeast') return undefined
  const key = kind === 'atLeast' ? 'of' : kind
  findings.fields(path, shape, kind === 'atLeast' ? ['atLeast', 'of'] : [kind])
  const list = shape[key]
  if (!Array.isArray(list) || list.length === 0) {
    findings.error(
      jsonPath(path, key),
      'empty-list',
      `${quote(list)} holds no condition. Write a list of at least one condition under "${key}".`,
      list,
    )
    return []
  }
  if (kind === 'atLeast') checkAtLeast(scope, path, shape.atLeast, list.length)
  return list.map((child, at) => [jsonPath(jsonPath(path, key), at), child] as const)
}

function checkAtLeast({ findings }: ConditionCheck, path: string, wanted: unknown, children: number): void {
  if (typeof wanted === 'number' && Number.isInteger(wanted) && wanted >= 1 && wanted <= children) return
  findings.error(
    jsonPath(path, 'atLeast'),
    'bound',
    `${quote(wanted)} of ${children} cannot be. Use a whole number from 1 to ${children}.`,
    wanted,
  )
}
