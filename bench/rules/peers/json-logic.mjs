import { flatName } from '../workload.mjs'

const SIGNS = { is: '===', isNot: '!==', atLeast: '>=', moreThan: '>', lessThan: '<', atMost: '<=' }

/** A segment as JSON logic, which several peers read. */
export function toJsonLogic(node) {
  if (node.all) return { and: node.all.map(toJsonLogic) }
  if (node.any) return { or: node.any.map(toJsonLogic) }
  if (node.not) return { '!': [toJsonLogic(node.not)] }
  const { path, op, value } = node
  const held = { var: flatName(path) }
  if (op === 'in') return { in: [held, value] }
  if (op === 'notIn') return { '!': [{ in: [held, value] }] }
  if (op === 'contains' || op === 'has') return { in: [value, held] }
  return { [SIGNS[op]]: [held, value] }
}
