import { evalCondition } from '@growthbook/growthbook'
import { toQuery } from './mongo.mjs'

export const peers = [
  {
    name: 'GrowthBook evalCondition',
    create: (segments) => {
      const conditions = segments.map((segment) =>
        toQuery(segment, { not: (query) => ({ $not: query }), has: (value) => ({ $in: [value] }) }),
      )
      return (visitor, out) => {
        for (let at = 0; at < conditions.length; at++)
          out[at] = evalCondition(visitor, conditions[at]) ? 1 : 0
      }
    },
  },
]
