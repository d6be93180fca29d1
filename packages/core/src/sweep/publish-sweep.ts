import type { Node } from '../match/leaf.ts'
import type { PublishedRuleset } from '../ruleset/published-ruleset.ts'
import { isClassTest } from './classes.ts'
import { isDirectTest, layTests } from './direct-tests.ts'
import { gatherFields } from './gather-fields.ts'
import { layEntries, type Source } from './lay-entries.ts'
import { layLists } from './lay-lists.ts'
import { type PublishedSweep, SWEEP_FORMAT } from './published-sweep.ts'
import { type Term, termWriter } from './term-writer.ts'

// A field on which fewer terms depend is read only when one of them is left.
const EAGER_TERMS = 6

/** Writes the segments of a published ruleset out for `createSweep`; done when publishing, never per request. */
export function publishSweep({ revision, nodes, segments }: PublishedRuleset): PublishedSweep {
  const gathered = gatherFields(nodes.filter(isClassTest))
  const write = termWriter(nodes, (place, wanted) => {
    const node = nodes[place]!
    return isClassTest(node) ? gathered.literal(node, wanted) : undefined
  })
  const written = Object.values(segments).map((place) => write(place, true))
  const terms = written.flat()
  const fields = gathered.fieldsOf(terms)
  const eager = fields.filter(({ dependent }) => dependent.length >= EAGER_TERMS).length
  const asks = gatherAsks(terms, nodes)
  const direct = asks.flatMap((ask) => {
    const node = nodes[ask.node]!
    return isDirectTest(node) ? [{ ...ask, node }] : []
  })
  const others = asks.filter(({ node }) => !isDirectTest(nodes[node]!))
  const { lists, rest } = layLists(direct, EAGER_TERMS)
  const lazy: readonly Source[] = fields.map(({ dependent }) => ({ ifTrue: dependent, ifFalse: [] }))
  const sources = [...lazy, ...rest, ...others]
  return {
    sweep: SWEEP_FORMAT,
    revision,
    segments: Object.keys(segments),
    terms: written.flatMap((list, segment) => list.map(() => segment)),
    fields: fields.map(({ field }) => field),
    eager,
    lists,
    ...layTests(rest.map(({ node }) => node)),
    nodes: others.map(({ node }) => node),
    ...layEntries(sources, eager, Math.ceil(terms.length / 32)),
  }
}

interface Ask extends Source {
  readonly node: number
}

// Attributes before behaviour before groups.
function gatherAsks(terms: readonly Term[], nodes: readonly Node[]): readonly Ask[] {
  const asks = new Map<
    number,
    { readonly node: number; readonly ifTrue: number[]; readonly ifFalse: number[] }
  >()
  terms.forEach((term, place) => {
    for (const [node, wanted] of term.asks) {
      const ask = asks.get(node) ?? { node, ifTrue: [], ifFalse: [] }
      asks.set(node, ask)
      const list = wanted ? ask.ifTrue : ask.ifFalse
      list.push(place)
    }
  })
  const costOf = ({ node }: Ask) => costOfNode(nodes[node]!)
  return [...asks.values()].sort((a, b) => costOf(a) - costOf(b) || a.node - b.node)
}

function costOfNode(node: Node): number {
  if (node.op === 'attr' || node.op === 'consent') return 0
  return 'of' in node && Array.isArray(node.of) ? 2 : 1
}
