import { LogicEngine } from 'json-logic-engine'
import { toJsonLogic } from './json-logic.mjs'

export const peers = [
  {
    name: 'json-logic-engine, interpreted',
    create: (segments) => {
      const engine = new LogicEngine()
      const rules = segments.map(toJsonLogic)
      return (visitor, out) => {
        for (let at = 0; at < rules.length; at++) out[at] = engine.run(rules[at], visitor) ? 1 : 0
      }
    },
  },
  {
    name: 'json-logic-engine, compiled',
    generatesCode: true,
    create: (segments) => {
      const engine = new LogicEngine()
      const rules = segments.map((segment) => engine.build(toJsonLogic(segment)))
      return (visitor, out) => {
        for (let at = 0; at < rules.length; at++) out[at] = rules[at](visitor) ? 1 : 0
      }
    },
  },
]
