import { evaluate } from '@vercel/flags-core'
import { toTerms } from '../terms.mjs'
import { flatName } from '../workload.mjs'

const COMPARATORS = {
  is: 'eq',
  isNot: '!eq',
  in: 'oneOf',
  notIn: '!oneOf',
  atLeast: 'gte',
  moreThan: 'gt',
  lessThan: 'lt',
  atMost: 'lte',
  contains: 'contains',
  containsNot: '!contains',
  has: 'containsAnyOf',
  hasNot: 'containsNoneOf',
}

export const peers = [
  {
    name: '@vercel/flags-core evaluate',
    create: (segments) => {
      const definitions = segments.map((segment) => ({
        variants: [false, true],
        environments: { production: { rules: toTerms(segment).map(toRule), fallthrough: 0 } },
      }))
      return (visitor, out) => {
        for (let at = 0; at < definitions.length; at++) {
          const asked = { definition: definitions[at], environment: 'production', entities: visitor }
          out[at] = evaluate(asked).value === true ? 1 : 0
        }
      }
    },
  },
]

function toRule(term) {
  return {
    conditions: term.map(({ path, op, value }) => [
      [flatName(path)],
      COMPARATORS[op],
      op === 'has' || op === 'hasNot' ? [value] : value,
    ]),
    outcome: 1,
  }
}
