import { flatName } from '../workload.mjs'

const OPERATORS = {
  is: '$eq',
  isNot: '$ne',
  in: '$in',
  notIn: '$nin',
  atLeast: '$gte',
  moreThan: '$gt',
  lessThan: '$lt',
  atMost: '$lte',
}

/** A segment as a query in MongoDB's words, which several peers read; `not` and `has` say how theirs differ. */
export function toQuery(node, { not, has }) {
  const inner = (child) => toQuery(child, { not, has })
  if (node.all) return { $and: node.all.map(inner) }
  if (node.any) return { $or: node.any.map(inner) }
  if (node.not) return not(inner(node.not))
  const { path, op, value } = node
  if (op === 'has') return { [flatName(path)]: has(value) }
  if (op === 'contains') return { [flatName(path)]: { $regex: value.replace(/[.]/g, '\\$&') } }
  return { [flatName(path)]: { [OPERATORS[op]]: value } }
}
