import { FALSE, TRUE } from '../condition/truth.ts'
import { consentBits } from '../consent/consent.ts'
import type { Question } from '../match/scope.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { createAsker } from './asker.ts'
import { createEagerReader } from './eager-fields.ts'
import { createListRows } from './list-rows.ts'
import { DENIED, type PublishedSweep, SWEEP_FORMAT } from './published-sweep.ts'
import { createValueReader } from './read-values.ts'
import { createRows } from './rows.ts'
import { createValueClasses } from './value-classes.ts'

/** Which segments are true for a visitor. Holds until the next question to the same sweep. */
export interface SweepAnswer {
  /** A bit a segment, in the order of `keys`, 32 a word. */
  readonly bits: Uint32Array
  /** Tells whether the segment at a place of `keys` is true. */
  readonly matches: (place: number) => boolean
}

/** All segments of a ruleset, asked at once. */
export interface Sweep {
  /** The segments in the ruleset's order. */
  readonly keys: readonly string[]
  /** Asks all segments; says of each what `evaluateSegments` does, but for "unknown" and "until". Allocates nothing. */
  readonly ask: (question: Question) => SweepAnswer
}

/**
 * Makes the asker of all segments at once from what `publishSweep` wrote. `ruleset` gives the compiled ruleset that it
 * was written of; it is called only when a segment asks what closures answer. Throws when the two do not belong together.
 */
export function createSweep(sweep: PublishedSweep, ruleset: () => CompiledRuleset): Sweep {
  if (sweep.sweep !== SWEEP_FORMAT) throw new Error(wrongFormat(sweep))
  const { segments: keys, terms, fields, eager, lists, paths, starts, sources } = sweep
  const words = starts.length - 1
  const { firsts, classOf } = createValueClasses(fields)
  const { bits: rows, rowOf } = createRows(fields, firsts, words)
  const reader = createValueReader([...fields, ...paths, ...lists].map(({ path }) => path))
  const asker = createAsker(sweep, reader, compiled)
  const listRows = createListRows(lists, words, reader, fields.length + paths.length)
  const classes = new Int32Array(fields.length)
  const readEager = createEagerReader(eager, reader, classOf, classes)
  const ifTrue = new Int32Array(sweep.ifTrue)
  const ifFalse = new Int32Array(sweep.ifFalse)
  const last = terms.length % 32 === 0 ? -1 : (1 << (terms.length % 32)) - 1
  // Without a purpose that anything needs nobody has to look at the consent.
  const isGuarded = [...fields, ...lists, ...sweep.tests].some(({ needs }) => needs !== undefined)
  const rowAt = new Int32Array(eager)
  // What a question found out carries its turn.
  const fieldTurns = new Float64Array(fields.length)
  const bits = new Uint32Array(Math.ceil(keys.length / 32))
  const answer: SweepAnswer = {
    bits,
    matches: (place) => ((bits[place >>> 5]! >>> (place & 31)) & 1) === 1,
  }
  let turn = 0
  let granted = 0

  function ask(question: Question): SweepAnswer {
    for (let at = 0; at < bits.length; at++) bits[at] = 0
    if (question.assume !== undefined) return askEach(question)
    turn++
    granted = isGuarded ? consentBits(question.consent) : 0
    reader.open(question)
    asker.open(granted)
    readEager(question)
    listRows.read(question, granted)
    for (let field = 0; field < eager; field++) rowAt[field] = rowOf(field, grantedClass(field))
    for (let word = 0; word < words; word++) {
      let left = word === words - 1 ? last : -1
      for (let field = 0; field < eager; field++) left &= rows[rowAt[field]! + word]!
      for (let list = 0; list < lists.length; list++) left &= listRows.bits[listRows.rowAt[list]! + word]!
      if (left !== 0) finishWord(word, left, question)
    }
    asker.close()
    return answer
  }

  function grantedClass(field: number): number {
    if (!isGuarded) return classes[field]!
    const needs = fields[field]!.needs ?? 0
    return (granted & needs) === needs ? classes[field]! : DENIED
  }

  // What the rows left of a word is asked one by one, as long as something is left that depends on it.
  function finishWord(word: number, standing: number, question: Question): void {
    let left = standing
    const end = starts[word + 1]!
    for (let at = starts[word]!; at < end && left !== 0; at++) {
      if ((left & (ifTrue[at]! | ifFalse[at]!)) === 0) continue
      const source = sources[at]!
      if (source < fields.length) left &= rows[lazyRow(source, question) + word]!
      else {
        const truth = asker.ask(source - fields.length, question)
        left &=
          truth === TRUE ? ~ifFalse[at]! : truth === FALSE ? ~ifTrue[at]! : ~(ifTrue[at]! | ifFalse[at]!)
      }
    }
    while (left !== 0) {
      const segment = terms[(word << 5) + 31 - Math.clz32(left & -left)]!
      bits[segment >>> 5]! |= 1 << (segment & 31)
      left &= left - 1
    }
  }

  function lazyRow(field: number, question: Question): number {
    if (fieldTurns[field] !== turn) {
      fieldTurns[field] = turn
      classes[field] = classOf(field, reader.read(field, question))
    }
    return rowOf(field, grantedClass(field))
  }

  // Assumed segments change what others say that refer to them; a preview has the time to ask each.
  function askEach(question: Question): SweepAnswer {
    const { open, segments } = compiled()
    const scope = open(question)
    keys.forEach((key, place) => {
      if (segments.matcherOf(key)!(scope) === TRUE) bits[place >>> 5]! |= 1 << (place & 31)
    })
    return answer
  }

  function compiled(): CompiledRuleset {
    const given = ruleset()
    if (given.ruleset.revision !== sweep.revision) throw new Error(wrongRevision(sweep, given))
    return given
  }

  return { keys, ask }
}

function wrongFormat({ sweep }: PublishedSweep): string {
  return `[core] createSweep: the sweep is of format ${sweep}, wanted is ${SWEEP_FORMAT}. Make it anew with publishSweep().`
}

function wrongRevision({ revision }: PublishedSweep, { ruleset }: CompiledRuleset): string {
  return `[core] createSweep: the sweep is of revision ${revision}, the ruleset of ${ruleset.revision}. Make it with publishSweep() from the same published ruleset.`
}
