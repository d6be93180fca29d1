import type { Node } from '../match/leaf.ts'
import type { Spans } from './published-sweep.ts'
import { intersect, unite } from './spans.ts'

/** The most terms that a segment is written out in; a part that would need more is asked whole. */
export const MAX_TERMS = 32
// So many are compared with each other for terms that are one; more are not even tried.
const MAX_COMPARED = 128

/** What must hold together: fields' classes in spans, other nodes true or false. */
export interface Term {
  readonly fields: ReadonlyMap<number, Spans>
  readonly asks: ReadonlyMap<number, boolean>
}

/** A literal: the field and the spans in which a leaf is what is wanted, `undefined` for a leaf to ask by itself. */
export type SpansOf = (place: number, wanted: boolean) => readonly [field: number, spans: Spans] | undefined

/**
 * Makes the writer of nodes as or-of-ands. In three-valued logic a node is true exactly when its negation normal form
 * is, read over the two facts "this leaf is true" and "this leaf is false": of an unknown leaf neither holds.
 */
export function termWriter(
  nodes: readonly Node[],
  spansOf: SpansOf,
): (place: number, wanted: boolean) => readonly Term[] {
  const known = new Map<string, readonly Term[]>()

  function termsOf(place: number, wanted: boolean): readonly Term[] {
    const key = `${place} ${wanted}`
    const found = known.get(key) ?? write(nodes[place]!, place, wanted)
    known.set(key, found)
    return found
  }

  function write(node: Node, place: number, wanted: boolean): readonly Term[] {
    if (node.op === 'all' || node.op === 'any') {
      return (node.op === 'all') === wanted ? everyOf(node.of, wanted) : someOf(node.of, place, wanted)
    }
    if (node.op === 'not') return termsOf(node.of[0]!, !wanted)
    if (node.op === 'segment') return termsOf(node.of[0]!, wanted)
    if (node.op === 'atLeast') return atLeastOf(node, place, wanted)
    const literal = spansOf(place, wanted)
    return literal === undefined ? asked(place, wanted) : [{ fields: new Map([literal]), asks: new Map() }]
  }

  function everyOf(places: readonly number[], wanted: boolean): readonly Term[] {
    return places.reduce<readonly Term[]>((terms, place) => {
      const more = termsOf(place, wanted)
      const both = terms.length * more.length <= MAX_COMPARED ? product(terms, more) : undefined
      return both !== undefined && both.length <= MAX_TERMS ? both : product(terms, asked(place, wanted))
    }, EVERYTHING)
  }

  function someOf(places: readonly number[], place: number, wanted: boolean): readonly Term[] {
    const lists = places.map((child) => termsOf(child, wanted))
    const count = lists.reduce((all, { length }) => all + length, 0)
    const terms = count <= MAX_COMPARED ? sum(lists) : undefined
    if (terms !== undefined && terms.length <= MAX_TERMS) return terms
    const shorter = sum(places.map((child) => shorten(child, wanted)))
    return shorter.length <= MAX_TERMS ? shorter : asked(place, wanted)
  }

  // Several terms are one when the node is asked whole.
  function shorten(place: number, wanted: boolean): readonly Term[] {
    const terms = termsOf(place, wanted)
    return terms.length > 1 ? asked(place, wanted) : terms
  }

  // n − k + 1 false children make "at least k of n" false.
  function atLeastOf(node: Node & { op: 'atLeast' }, place: number, wanted: boolean): readonly Term[] {
    const { least, of } = node
    const groups = choose(of, wanted ? least : of.length - least + 1)
    if (groups === undefined) return asked(place, wanted)
    const terms = sum(groups.map((group) => everyOf(group, wanted)))
    return terms.length <= MAX_TERMS ? terms : asked(place, wanted)
  }

  return termsOf
}

const EVERYTHING: readonly Term[] = [{ fields: new Map(), asks: new Map() }]

function asked(place: number, wanted: boolean): readonly Term[] {
  return [{ fields: new Map(), asks: new Map([[place, wanted]]) }]
}

function product(left: readonly Term[], right: readonly Term[]): readonly Term[] {
  return sum([left.flatMap((a) => right.flatMap((b) => join(a, b) ?? []))])
}

// Nothing when the two contradict each other.
function join(a: Term, b: Term): Term | undefined {
  const fields = new Map(a.fields)
  for (const [field, spans] of b.fields) {
    const own = fields.get(field)
    const both = own === undefined ? spans : intersect(own, spans)
    if (both.length === 0) return undefined
    fields.set(field, both)
  }
  const asks = new Map(a.asks)
  for (const [node, wanted] of b.asks) {
    if (asks.get(node) === !wanted) return undefined
    asks.set(node, wanted)
  }
  return { fields, asks }
}

function sum(lists: readonly (readonly Term[])[]): readonly Term[] {
  const terms: Term[] = []
  for (const term of lists.flat()) {
    if ([...term.fields.values()].some((spans) => spans.length === 0)) continue
    let joined = term
    for (let at = 0; at < terms.length; ) {
      const merged = merge(terms[at]!, joined)
      if (merged === undefined) at++
      else {
        terms.splice(at, 1)
        joined = merged
        // What it became may merge with one that was passed.
        at = 0
      }
    }
    terms.push(joined)
  }
  return terms
}

// Two terms that differ in the spans of one field at most are one.
function merge(a: Term, b: Term): Term | undefined {
  if (a.fields.size !== b.fields.size || a.asks.size !== b.asks.size) return undefined
  for (const [node, wanted] of a.asks) if (b.asks.get(node) !== wanted) return undefined
  let different: number | undefined
  for (const [field, spans] of a.fields) {
    const other = b.fields.get(field)
    if (other === undefined) return undefined
    if (spans.length === other.length && spans.every((end, at) => end === other[at])) continue
    if (different !== undefined) return undefined
    different = field
  }
  if (different === undefined) return a
  const united = unite(a.fields.get(different)!, b.fields.get(different)!)
  return { fields: new Map(a.fields).set(different, united), asks: a.asks }
}

// Every choice of `size` items, `undefined` when there are more than a segment may have terms.
function choose(items: readonly number[], size: number): readonly (readonly number[])[] | undefined {
  let groups: (readonly number[])[] = [[]]
  for (let left = items.length; left > 0; left--) {
    const item = items[items.length - left]!
    groups = groups.flatMap((group) => {
      const taken = group.length < size ? [[...group, item]] : []
      return group.length + left - 1 >= size ? [...taken, group] : taken
    })
    if (groups.length > MAX_TERMS) return undefined
  }
  return groups
}
