import type { Condition } from '@attune/core'

/** A condition, or what is known already: true for everybody, true for nobody. */
export type Tree = Condition | boolean

/** True for everybody, whatever is known of them: `functional` is always granted. */
const EVERYBODY: Condition = { consent: 'functional' }

/** True when all are; what is known already is folded in. */
export function allOf(trees: readonly Tree[]): Tree {
  if (trees.includes(false)) return false
  const open = trees.filter(isOpen)
  const flat = open.flatMap((tree) => ('all' in tree ? tree.all : [tree]))
  return flat.length > 1 ? { all: flat } : (flat[0] ?? true)
}

/** True when some is; what is known already is folded in. */
export function anyOf(trees: readonly Tree[]): Tree {
  if (trees.includes(true)) return true
  const open = trees.filter(isOpen)
  const flat = open.flatMap((tree) => ('any' in tree ? tree.any : [tree]))
  return flat.length > 1 ? { any: flat } : (flat[0] ?? false)
}

/** The condition of a tree. */
export function toCondition(tree: Tree): Condition {
  if (typeof tree !== 'boolean') return tree
  return tree ? EVERYBODY : { not: EVERYBODY }
}

function isOpen(tree: Tree): tree is Condition {
  return typeof tree !== 'boolean'
}
