import { Engine } from 'json-rules-engine'
import { flatName } from '../workload.mjs'

const OPERATORS = {
  is: 'equal',
  isNot: 'notEqual',
  in: 'in',
  notIn: 'notIn',
  atLeast: 'greaterThanInclusive',
  moreThan: 'greaterThan',
  lessThan: 'lessThan',
  atMost: 'lessThanInclusive',
  has: 'contains',
  contains: 'includes',
}

export const peers = [
  {
    name: 'json-rules-engine',
    create: (segments) => {
      const engine = new Engine()
      engine.addOperator('includes', (text, part) => text.includes(part))
      segments.forEach((segment, at) => {
        engine.addRule({ conditions: toConditions(segment), event: { type: 'segment', params: { at } } })
      })
      return async (visitor, out) => {
        out.fill(0)
        const { events } = await engine.run(visitor)
        for (const { params } of events) out[params.at] = 1
      }
    },
  },
]

function toConditions(node) {
  if (node.all) return { all: node.all.map(toConditions) }
  if (node.any) return { any: node.any.map(toConditions) }
  if (node.not) return { not: toConditions(node.not) }
  return { fact: flatName(node.path), operator: OPERATORS[node.op], value: node.value }
}
