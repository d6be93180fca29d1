import { own } from '../result/json.ts'
import { compileValueTest, type ValueTest } from './operator.ts'
import type { Scalar } from './scalar.ts'
import { TRUE } from './truth.ts'

/** Filters events: property → test; all must hold. A plain value means equals. */
export interface Where {
  readonly [property: string]: Scalar | ValueTest
}

/** Makes the filter of an event's properties; a missing or wrongly typed property fails its test. */
export function compileWhere(
  where: Where | undefined,
): ((properties: { readonly [name: string]: unknown }) => boolean) | undefined {
  if (where === undefined) return undefined
  const tests = Object.entries(where).map(([name, test]) => {
    const matcher = compileValueTest(typeof test === 'object' ? test : { is: test })
    return (properties: { readonly [name: string]: unknown }) => matcher(own(properties, name)) === TRUE
  })
  return (properties) => tests.every((test) => test(properties))
}
