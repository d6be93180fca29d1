import { type Condition, childrenOf, kindOf } from '../condition/condition.ts'
import { own } from '../result/json.ts'
import type { Segments } from '../segment/segment.ts'
import type { Around } from './around.ts'
import type { NodeList } from './node-list.ts'
import { prepareLeaf } from './prepare-leaf.ts'

/** Adds conditions to a list of nodes. */
export interface ConditionPreparer {
  /** Adds a condition and all below it; answers its place. */
  readonly condition: (condition: Condition) => number
  /** Adds a segment, once; answers its place. */
  readonly segment: (key: string) => number
}

/** Prepares the checked conditions (no cycles) of a ruleset. */
export function createPreparer(list: NodeList, around: Around, segments: Segments): ConditionPreparer {
  const places = new Map<string, number>()

  function segment(key: string): number {
    const known = places.get(key)
    if (known !== undefined) return known
    const definition = own(segments, key)
    if (definition === undefined)
      throw new Error(`[core] publish: there is no segment ${key}. Check the ruleset first.`)
    const place = list.add({ op: 'segment', key, of: [condition(definition.when)] })
    places.set(key, place)
    return place
  }

  function condition(asked: Condition): number {
    if ('segment' in asked) return segment(asked.segment)
    const children = childrenOf(asked)
    if (children.length === 0) return list.add(prepareLeaf(asked, around))
    return branch(asked, children.map(condition))
  }

  function branch(asked: Condition, children: readonly number[]): number {
    const kind = kindOf(asked)
    if (kind === 'not') return list.add({ op: 'not', of: children })
    // Children of one place are one condition, except where they are counted.
    if (kind === 'atLeast') {
      const { atLeast: least } = asked as { readonly atLeast: number }
      return list.add({ op: 'atLeast', least, of: children })
    }
    const of = [...new Set(children)].sort((a, b) => list.costAt(a) - list.costAt(b) || a - b)
    if (of.length === 1) return of[0]!
    return list.add({ op: kind as 'all' | 'any', of })
  }

  return { condition, segment }
}
