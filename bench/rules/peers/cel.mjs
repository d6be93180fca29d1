import { parse } from '@marcbachmann/cel-js'
import { flatName } from '../workload.mjs'

const SIGNS = { is: '==', isNot: '!=', atLeast: '>=', moreThan: '>', lessThan: '<', atMost: '<=' }

export const peers = [
  {
    name: '@marcbachmann/cel-js',
    create: (segments) => {
      const programs = segments.map((segment) => parse(toCel(segment)))
      return (visitor, out) => {
        for (let at = 0; at < programs.length; at++) out[at] = programs[at](visitor) ? 1 : 0
      }
    },
  },
]

function toCel(node) {
  if (node.all) return `(${node.all.map(toCel).join(' && ')})`
  if (node.any) return `(${node.any.map(toCel).join(' || ')})`
  if (node.not) return `!${toCel(node.not)}`
  const { path, op, value } = node
  const name = flatName(path)
  // A visitor's numbers are doubles.
  const literal = typeof value === 'number' ? value.toFixed(1) : JSON.stringify(value)
  if (op === 'in') return `(${name} in ${literal})`
  if (op === 'notIn') return `!(${name} in ${literal})`
  if (op === 'has') return `(${literal} in ${name})`
  if (op === 'contains') return `${name}.contains(${literal})`
  return `(${name} ${SIGNS[op]} ${literal})`
}
