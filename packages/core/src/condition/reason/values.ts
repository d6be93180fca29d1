import { endsOf, foldCase, type PreparedTest } from '../prepared-test.ts'
import type { Scalar } from '../scalar.ts'
import { FALSE, TRUE, type Truth } from '../truth.ts'
import { compareVersions } from '../version.ts'
import type { Said, ValueFact } from './formula.ts'

/** Lists longer than this, one times the other, are not compared: in doubt they may go together. */
const MOST_PAIRS = 10_000

/** Tells whether some value may stand to all tests as the facts say, one of them new; in doubt it may. */
export function mayBe(before: readonly ValueFact[], added: ValueFact): boolean {
  const facts = [...before, added]
  const isPossible = (value: unknown): boolean =>
    facts.every(({ matches, said }) => agrees(matches(value), said))
  // A missing value, a list of numbers (there, yet of no use), the booleans, and every number that makes a difference.
  if ([undefined, [0], true, false].some(isPossible) || telling(facts).some(isPossible)) return true
  const listed = facts.find(({ test, said }) => test.test === 'in' && said === 'true' && !isFolding(test))
  // Nothing but these will do.
  if (listed !== undefined) return wantedOf(listed.test).some(isPossible)
  if (!facts.every(fitsText) && !facts.every(fitsList)) return false
  return !before.some((fact) => contradict(fact, added) || contradict(added, fact))
}

function agrees(truth: Truth, said: Said): boolean {
  if (said === 'true') return truth === TRUE
  if (said === 'false') return truth === FALSE
  return said === 'not-true' ? truth !== TRUE : truth !== FALSE
}

// Tests compare a number with bounds, so one number at, between and beyond each of them stands for all.
function telling(facts: readonly ValueFact[]): readonly number[] {
  const bounds = facts.flatMap(({ test }) =>
    test.test === 'range' ? endsOf(test.range).filter(Number.isFinite) : numbersOf(test),
  )
  const sorted = [...new Set([-Number.MAX_SAFE_INTEGER, ...bounds, Number.MAX_SAFE_INTEGER])].sort(
    (a, b) => a - b,
  )
  return [...sorted, ...sorted.slice(1).map((bound, at) => sorted[at]! / 2 + bound / 2)]
}

function numbersOf(test: PreparedTest): readonly number[] {
  return wantedOf(test).filter((item) => typeof item === 'number')
}

function wantedOf(test: PreparedTest): readonly Scalar[] {
  return test.test === 'range' || test.test === 'exists' ? [] : test.wanted
}

// Of what is there, `exists` is sure.
function isThere({ said }: ValueFact, wanted: boolean): boolean {
  return (said === 'true' || said === 'not-false') === wanted
}

function fitsText(fact: ValueFact): boolean {
  const { test, said } = fact
  if (test.test === 'exists') return isThere(fact, test.wanted)
  if (said === 'not-true' || said === 'not-false') return true
  if (test.test === 'range' || test.test === 'hasAny' || test.test === 'hasAll') return false
  const [first] = test.wanted
  // The empty text is part of every text.
  const isPart = test.test === 'contains' || test.test === 'startsWith' || test.test === 'endsWith'
  return typeof first === 'string' && !(isPart && first === '' && said === 'false')
}

function fitsList(fact: ValueFact): boolean {
  const { test, said } = fact
  if (test.test === 'exists') return isThere(fact, test.wanted)
  return test.test === 'hasAny' || test.test === 'hasAll' || said === 'not-true' || said === 'not-false'
}

function isFolding(test: PreparedTest): boolean {
  return 'fold' in test && test.fold === true
}

// Two facts that no text and no list can satisfy together.
function contradict(fact: ValueFact, other: ValueFact): boolean {
  const same = fact.key === other.key
  if (fact.said === 'true' && (other.said === 'false' || other.said === 'not-true'))
    return same || covers(other.test, fact.test)
  if (fact.said === 'false' && other.said === 'not-false') return same
  return fact.said === 'true' && other.said === 'true' && excludes(fact.test, other.test)
}

// Whatever passes `narrow` passes `wide`.
function covers(wide: PreparedTest, narrow: PreparedTest): boolean {
  if (wide.test === 'exists') return wide.wanted
  const [a, b] = [wantedOf(wide), wantedOf(narrow)]
  if (a.length * b.length > MOST_PAIRS) return false
  // Folding may only make more pass.
  if (isFolding(narrow) && !isFolding(wide)) return false
  const own = isFolding(wide) ? foldAll(b) : b
  if (wide.test === 'in') return narrow.test === 'in' && own.every((item) => a.includes(item))
  if (wide.test === 'hasAny')
    return narrow.test === 'hasAny'
      ? own.every((item) => a.includes(item))
      : narrow.test === 'hasAll' && own.some((item) => a.includes(item))
  if (wide.test === 'hasAll') return narrow.test === 'hasAll' && a.every((item) => own.includes(item))
  return coversText(wide, String(a[0]), narrow, String(own[0]))
}

function coversText(wide: PreparedTest, a: string, narrow: PreparedTest, b: string): boolean {
  if (wide.test === 'versionAtLeast') return narrow.test === 'versionAtLeast' && orderOf(b, a) >= 0
  if (wide.test === 'versionAtMost') return narrow.test === 'versionAtMost' && orderOf(b, a) <= 0
  if (wide.test === 'startsWith') return narrow.test === 'startsWith' && b.startsWith(a)
  if (wide.test === 'endsWith') return narrow.test === 'endsWith' && b.endsWith(a)
  if (wide.test !== 'contains') return false
  return ['contains', 'startsWith', 'endsWith'].includes(narrow.test) && b.includes(a)
}

// Nothing passes both.
function excludes(a: PreparedTest, b: PreparedTest): boolean {
  if (wantedOf(a).length * wantedOf(b).length > MOST_PAIRS) return false
  const fold = isFolding(a) || isFolding(b)
  const [left, right] = [a, b].map((test) => (fold ? foldAll(wantedOf(test)) : wantedOf(test)))
  const [x, y] = [String(left![0]), String(right![0])]
  if (a.test === 'in' && b.test === 'in') return !left!.some((item) => right!.includes(item))
  if (a.test === 'startsWith' && b.test === 'startsWith') return !x.startsWith(y) && !y.startsWith(x)
  if (a.test === 'endsWith' && b.test === 'endsWith') return !x.endsWith(y) && !y.endsWith(x)
  return a.test === 'versionAtLeast' && b.test === 'versionAtMost' && orderOf(x, y) > 0
}

function foldAll(items: readonly Scalar[]): readonly Scalar[] {
  return items.map((item) => (typeof item === 'string' ? foldCase(item) : item))
}

function orderOf(a: string, b: string): number {
  return compareVersions(a, b) ?? Number.NaN
}
