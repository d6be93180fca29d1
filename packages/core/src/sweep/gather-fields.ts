import { type Classes, type ClassTest, classify } from './classes.ts'
import type { Spans, SweepField } from './published-sweep.ts'
import type { Term } from './term-writer.ts'

/** The fields that class tests read. */
export interface Fields {
  /** The field of a test and the spans of classes in which it is what is wanted. */
  readonly literal: (test: ClassTest, wanted: boolean) => readonly [field: number, spans: Spans]
  /** The fields on which terms depend, those of most terms first. */
  readonly fieldsOf: (terms: readonly Term[]) => readonly DescribedField[]
}

/** A field and the terms that depend on it. */
export interface DescribedField {
  readonly field: SweepField
  readonly dependent: readonly number[]
}

/** Gathers the tests of each path into a field. */
export function gatherFields(tests: readonly ClassTest[]): Fields {
  const byPath = new Map<string, ClassTest[]>()
  for (const test of tests) {
    const known = byPath.get(test.path)
    if (known === undefined) byPath.set(test.path, [test])
    else known.push(test)
  }
  const paths = [...byPath.keys()]
  const places = new Map(paths.map((path, place) => [path, place]))
  const classes = [...byPath.values()].map(classify)
  return {
    literal: (test, wanted) => {
      const field = places.get(test.path)!
      const { yes, no } = classes[field]!.spansOf(test)
      return [field, wanted ? yes : no]
    },
    fieldsOf: (terms) =>
      paths
        .map((path, field) =>
          describe(path, byPath.get(path)![0]!.needs, classes[field]!, usesOf(field, terms)),
        )
        .filter(({ dependent }) => dependent.length > 0)
        .sort((a, b) => b.dependent.length - a.dependent.length),
  }
}

interface Use {
  readonly spans: Spans
  readonly terms: readonly number[]
}

function describe(
  path: string,
  needs: number | undefined,
  { texts, points }: Classes,
  uses: readonly Use[],
): DescribedField {
  const flat = uses.flatMap(({ spans, terms }) => [spans.length, ...spans, terms.length, ...terms])
  const field = { path, ...(needs === undefined ? {} : { needs }), texts, points, uses: flat }
  return { field, dependent: uses.flatMap(({ terms }) => terms) }
}

function usesOf(field: number, terms: readonly Term[]): readonly Use[] {
  const uses = new Map<string, { readonly spans: Spans; readonly terms: number[] }>()
  terms.forEach(({ fields }, term) => {
    const spans = fields.get(field)
    if (spans === undefined) return
    const key = spans.join()
    const use = uses.get(key) ?? { spans, terms: [] }
    uses.set(key, use)
    use.terms.push(term)
  })
  return [...uses.values()]
}
