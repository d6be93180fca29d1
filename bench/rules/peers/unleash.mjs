import unleash from 'unleash-client'
import { toTerms } from '../terms.mjs'
import { flatName } from '../workload.mjs'

const OPERATORS = { atLeast: 'NUM_GTE', moreThan: 'NUM_GT', lessThan: 'NUM_LT', atMost: 'NUM_LTE' }

export const peers = [
  {
    name: 'Unleash Strategy',
    // Its context holds text and numbers: lists become joined text, booleans their words.
    prepare: (visitor) =>
      Object.fromEntries(
        Object.entries(visitor).map(([name, value]) => [
          name,
          Array.isArray(value) ? `|${value.join('|')}|` : typeof value === 'boolean' ? String(value) : value,
        ]),
      ),
    create: (segments) => {
      const strategy = new unleash.Strategy('segment', true)
      const rules = segments.map((segment) => toTerms(segment).map((term) => term.map(toConstraint)))
      const isIn = (terms, visitor) => {
        for (const term of terms) if (strategy.isEnabledWithConstraints({}, visitor, term)) return true
        return false
      }
      return (visitor, out) => {
        for (let at = 0; at < rules.length; at++) out[at] = isIn(rules[at], visitor) ? 1 : 0
      }
    },
  },
]

function toConstraint({ path, op, value }) {
  const constraint = { contextName: flatName(path), inverted: op.endsWith('Not') && op !== 'isNot' }
  if (OPERATORS[op]) return { ...constraint, operator: OPERATORS[op], value: String(value), values: [] }
  if (op.startsWith('contains')) return { ...constraint, operator: 'STR_CONTAINS', values: [value] }
  if (op.startsWith('has')) return { ...constraint, operator: 'STR_CONTAINS', values: [`|${value}|`] }
  const operator = op === 'is' || op === 'in' ? 'IN' : 'NOT_IN'
  return { ...constraint, operator, values: [value].flat().map(String) }
}
