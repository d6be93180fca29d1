import { canonicalJson } from '../../result/canonical-json.ts'
import { own } from '../../result/json.ts'
import type { ValueTest } from '../operator.ts'
import type { Where } from '../where.ts'
import { opposite, type ValueFact } from './formula.ts'
import { valueTruth } from './value-truth.ts'
import { mayBe } from './values.ts'

/** A filter as one text, the same for filters written in another order. */
export function filterKey(where: Where | undefined): string {
  return where === undefined ? '{}' : canonicalJson(where)
}

/** Tells whether no event can pass a filter. */
export function isEmptyFilter(where: Where | undefined): boolean {
  return Object.entries(where ?? {}).some(([name, test]) => !mayBe([], passes(name, test)))
}

/** Tells whether every event that passes `narrow` passes `wide`; in doubt not. */
export function isNarrower(narrow: Where | undefined, wide: Where | undefined): boolean {
  return Object.entries(wide ?? {}).every(([name, test]) => {
    const other = own(narrow ?? {}, name)
    if (other === undefined) return false
    return !mayBe([passes(name, other)], opposite(passes(name, test)) as ValueFact)
  })
}

function passes(name: string, test: Where[string]): ValueFact {
  const whole: ValueTest = typeof test === 'object' ? test : { is: test }
  // The truth of one value is one fact.
  return valueTruth(name, whole).true as ValueFact
}
