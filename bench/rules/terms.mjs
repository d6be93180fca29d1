// Or-of-ands, for peers whose rules are lists of lists: negations go to the conditions, which all are known here.

const OPPOSITE = {
  is: 'isNot',
  in: 'notIn',
  atLeast: 'lessThan',
  moreThan: 'atMost',
  contains: 'containsNot',
  has: 'hasNot',
}
for (const [op, opposite] of Object.entries(OPPOSITE)) OPPOSITE[opposite] = op

/** A segment as a list of lists of conditions. */
export function toTerms(node, negated = false) {
  if (node.not) return toTerms(node.not, !negated)
  const children = node.all ?? node.any
  if (children === undefined) return [[negated ? { ...node, op: OPPOSITE[node.op] } : node]]
  const lists = children.map((child) => toTerms(child, negated))
  if ((node.all === undefined) !== negated) return lists.flat()
  return lists.reduce((terms, list) => terms.flatMap((term) => list.map((more) => [...term, ...more])), [[]])
}
