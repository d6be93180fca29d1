import jsonLogic from 'json-logic-js'
import { toJsonLogic } from './json-logic.mjs'

export const peers = [
  {
    name: 'json-logic-js',
    create: (segments) => {
      const rules = segments.map(toJsonLogic)
      return (visitor, out) => {
        for (let at = 0; at < rules.length; at++) out[at] = jsonLogic.apply(rules[at], visitor) ? 1 : 0
      }
    },
  },
]
