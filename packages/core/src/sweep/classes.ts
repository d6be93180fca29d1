import { endsOf } from '../condition/prepared-test.ts'
import type { Node } from '../match/leaf.ts'
import { compareText } from '../result/compare-text.ts'
import { FIRST_TEXT, MISSING, OTHER, OTHER_TEXT, type Spans } from './published-sweep.ts'
import { unite, without } from './spans.ts'

/** A test of a path's value whose answer depends on the value's class alone. */
export type ClassTest = Extract<Node, { readonly op: 'attr' }> & {
  readonly test: 'range' | 'exists' | 'in' | 'notIn'
}

/** Tells whether a node is such a test. Parts of text, versions, lists and folded text are asked by themselves. */
export function isClassTest(node: Node): node is ClassTest {
  if (node.op !== 'attr') return false
  if (node.test === 'range' || node.test === 'exists') return true
  return (node.test === 'in' || node.test === 'notIn') && node.fold !== true
}

/** The classes of a path's values. */
export interface Classes {
  readonly texts: readonly string[]
  readonly points: readonly number[]
  /** The spans in which a test of this path is true, and those in which it is false. */
  readonly spansOf: (test: ClassTest) => { readonly yes: Spans; readonly no: Spans }
}

/** Makes the classes that tests of one path tell apart. */
export function classify(tests: readonly ClassTest[]): Classes {
  const wanted = tests.flatMap((test) => (test.test === 'in' || test.test === 'notIn' ? test.wanted : []))
  const ends = tests.flatMap((test) => (test.test === 'range' ? endsOf(test.range) : []))
  const texts = [...new Set(wanted.filter((value) => typeof value === 'string'))].sort(compareText)
  const numbers = [...wanted.filter((value) => typeof value === 'number'), ...ends.filter(Number.isFinite)]
  const points = [...new Set(numbers)].sort((a, b) => a - b)
  const places = placeFinder(texts, points)
  return { texts, points, spansOf: (test) => spansOf(test, places) }
}

/** Where the classes of numbers begin, given the texts; those of booleans follow, given the points. */
export function numbersFrom(texts: number): number {
  return FIRST_TEXT + texts
}
export function booleansFrom(texts: number, points: number): number {
  return numbersFrom(texts) + 2 * points + 1
}

interface Places {
  readonly text: ReadonlyMap<string, number>
  readonly number: ReadonlyMap<number, number>
  readonly numbers: number
  readonly booleans: number
}

function placeFinder(texts: readonly string[], points: readonly number[]): Places {
  const numbers = numbersFrom(texts.length)
  return {
    text: new Map(texts.map((text, at) => [text, FIRST_TEXT + at])),
    // Every second class is one point; between them lies what is none.
    number: new Map(points.map((point, at) => [point, numbers + 2 * at + 1])),
    numbers,
    booleans: booleansFrom(texts.length, points.length),
  }
}

function spansOf(test: ClassTest, places: Places): { readonly yes: Spans; readonly no: Spans } {
  if (test.test === 'exists') {
    const there = [OTHER, places.booleans + 2]
    const missing = [MISSING, OTHER]
    return test.wanted ? { yes: there, no: missing } : { yes: missing, no: there }
  }
  if (test.test === 'range') {
    const [least, greatest] = endsOf(test.range)
    const from = places.number.get(least) ?? places.numbers
    const last = places.number.get(greatest) ?? places.booleans - 1
    return split(from <= last ? [from, last + 1] : [], places.numbers, places.booleans)
  }
  const listed = listedSpans(test.wanted, places)
  return test.test === 'in' ? listed : { yes: listed.no, no: listed.yes }
}

function listedSpans(
  wanted: readonly unknown[],
  places: Places,
): { readonly yes: Spans; readonly no: Spans } {
  const type = typeof wanted[0]
  const classes = wanted.flatMap((value) => classOfWanted(value, type, places))
  const spans = classes.reduce<Spans>((sum, place) => unite(sum, [place, place + 1]), [])
  if (type === 'string') return split(spans, OTHER_TEXT, places.numbers)
  if (type === 'number') return split(spans, places.numbers, places.booleans)
  return split(spans, places.booleans, places.booleans + 2)
}

function classOfWanted(value: unknown, type: string, places: Places): readonly number[] {
  if (typeof value !== type) return []
  if (typeof value === 'string') return [places.text.get(value)!]
  if (typeof value === 'number') return [places.number.get(value)!]
  return [places.booleans + (value === true ? 1 : 0)]
}

function split(yes: Spans, from: number, before: number): { readonly yes: Spans; readonly no: Spans } {
  return { yes, no: without(from, before, yes) }
}
