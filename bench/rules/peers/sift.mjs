import sift from 'sift'
import { toQuery } from './mongo.mjs'

export const peers = [
  {
    name: 'sift',
    create: (segments) => {
      const tests = segments.map((segment) =>
        sift.default(
          toQuery(segment, { not: (query) => ({ $nor: [query] }), has: (value) => ({ $eq: value }) }),
        ),
      )
      return (visitor, out) => {
        for (let at = 0; at < tests.length; at++) out[at] = tests[at](visitor) ? 1 : 0
      }
    },
  },
]
