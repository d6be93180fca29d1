import { FALSE, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import type { Matcher, Question, Scope } from '../match/scope.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { CONTAINS, HAS_ANY, type PublishedSweep, STARTS_WITH, type SweepTest } from './published-sweep.ts'
import type { ValueReader } from './read-values.ts'

/** Answers what a sweep asks by itself, tests first and then nodes; each at most once a question. */
export interface Asker {
  /** Begins a question; `granted` are its purposes as bits. */
  readonly open: (granted: number) => void
  readonly ask: (at: number, question: Question) => Truth
  /** Forgets the question. */
  readonly close: () => void
}

// What a path holds.
const NEITHER = 0
const TEXT = 1
const LIST = 2

/** Makes the asker of a sweep. Its paths come after its fields with the reader. */
export function createAsker(
  { fields, paths, tests, nodes }: PublishedSweep,
  reader: ValueReader,
  compiled: () => CompiledRuleset,
): Asker {
  const count = tests.length + nodes.length
  const turns = new Float64Array(count)
  const truths = new Int8Array(count)
  const pathTurns = new Float64Array(paths.length)
  const holdings = new Uint8Array(paths.length)
  const texts: string[] = []
  const bitOf: ReadonlyMap<string, number>[] = []
  const held: Int32Array[] = []
  for (const { elements } of paths) {
    texts.push('')
    bitOf.push(new Map(elements.map((element, bit) => [element, bit])))
    held.push(new Int32Array(Math.ceil(elements.length / 32)))
  }
  const matchers: (Matcher | undefined)[] = []
  let turn = 0
  let granted = 0
  let scope: Scope | undefined

  function open(purposes: number): void {
    turn++
    granted = purposes
    // A question that ended in an error left its own behind.
    scope = undefined
  }

  function ask(at: number, question: Question): Truth {
    if (turns[at] !== turn) {
      turns[at] = turn
      truths[at] = at < tests.length ? askTest(tests[at]!, question) : askNode(at - tests.length, question)
    }
    // What was answered in this turn.
    return truths[at] as Truth
  }

  function askNode(at: number, question: Question): Truth {
    matchers[at] ??= compiled().matcherAt(nodes[at]!)
    scope ??= compiled().open(question)
    return matchers[at](scope)
  }

  function askTest({ path, test, needs, part, mask }: SweepTest, question: Question): Truth {
    if (needs !== undefined && (granted & needs) !== needs) return UNKNOWN
    if (pathTurns[path] !== turn) {
      pathTurns[path] = turn
      holdings[path] = load(path, reader.read(fields.length + path, question))
    }
    if (part !== undefined) {
      return holdings[path] !== TEXT ? UNKNOWN : hasPart(test, texts[path]!, part) ? TRUE : FALSE
    }
    return holdings[path] !== LIST ? UNKNOWN : hasElements(test, held[path]!, mask!) ? TRUE : FALSE
  }

  function load(path: number, value: unknown): number {
    if (typeof value === 'string') {
      texts[path] = value
      return TEXT
    }
    return Array.isArray(value) && loadList(held[path]!, bitOf[path]!, value) ? LIST : NEITHER
  }

  function close(): void {
    scope = undefined
    for (let path = 0; path < texts.length; path++) texts[path] = ''
  }

  return { open, ask, close }
}

// A list with an element of another type is of the wrong type as a whole.
function loadList(bits: Int32Array, bitOf: ReadonlyMap<string, number>, list: readonly unknown[]): boolean {
  for (let word = 0; word < bits.length; word++) bits[word] = 0
  for (let at = 0; at < list.length; at++) {
    const item = list[at]
    if (typeof item !== 'string') return false
    const bit = bitOf.get(item)
    if (bit !== undefined) bits[bit >>> 5]! |= 1 << (bit & 31)
  }
  return true
}

function hasPart(test: number, text: string, part: string): boolean {
  if (test === CONTAINS) return text.includes(part)
  return test === STARTS_WITH ? text.startsWith(part) : text.endsWith(part)
}

function hasElements(test: number, bits: Int32Array, mask: readonly number[]): boolean {
  const isAny = test === HAS_ANY
  for (let word = 0; word < bits.length; word++) {
    const both = bits[word]! & mask[word]!
    if (isAny ? both !== 0 : both !== mask[word]) return isAny
  }
  return !isAny
}
