import { canonicalJson } from '../../result/canonical-json.ts'
import { prepareTest, type ValueTest } from '../operator.ts'
import { compileTest, type PreparedTest } from '../prepared-test.ts'
import type { Said, ValueFact } from './formula.ts'
import type { TruthOf } from './truth-of.ts'

/** How a value stands to a test; facts on one `value` speak of the same. */
export function valueTruth(value: string, test: ValueTest): TruthOf {
  const [prepared, isOpposite] = straighten(prepareTest(test))
  const [key, matches] = [canonicalJson(prepared), compileTest(prepared)]
  const say = (said: Said): ValueFact => ({ value, test: prepared, key, matches, said })
  return isOpposite ? { true: say('false'), false: say('true') } : { true: say('true'), false: say('false') }
}

// A negative test is said of the positive one, so that both meet.
function straighten(test: PreparedTest): readonly [test: PreparedTest, isOpposite: boolean] {
  if (test.test === 'notIn') return [{ ...test, test: 'in' }, true]
  if (test.test === 'exists') return [{ test: 'exists', wanted: true }, !test.wanted]
  return [test, false]
}
