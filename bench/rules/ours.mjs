// The workload's segments as a ruleset of ours.

const OPERATORS = { has: 'hasAny' }

/** The ruleset document. */
export function toRuleset(segments) {
  return {
    version: 1,
    revision: 'bench',
    segments: Object.fromEntries(
      segments.map((segment, at) => [`segment-${at}`, { when: toCondition(segment) }]),
    ),
  }
}

/** What a host asks about a visitor who did nothing yet. */
export function toQuestion(context, profile, now) {
  return { profile, context, consent: { preferences: true }, now }
}

function toCondition(node) {
  if (node.all) return { all: node.all.map(toCondition) }
  if (node.any) return { any: node.any.map(toCondition) }
  if (node.not) return { not: toCondition(node.not) }
  const { path, op, value } = node
  return { attr: path, [OPERATORS[op] ?? op]: op === 'has' ? [value] : value }
}
