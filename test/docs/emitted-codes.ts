import { readSources, type Source, type SyntaxNode } from '../architecture/source.ts'

// Who reports: the place comes first, the code second.
const REPORTERS = new Set(['error', 'warning', 'failure', 'refused', 'report', 'SyntaxProblem'])

/** Every code of a finding that the sources of `core`, and of `attune check`, can give. */
export function emittedCodes(): readonly string[] {
  const sources = readSources().filter(
    ({ path }) => path.startsWith('packages/core/') || path === 'packages/cli/src/commands/check.ts',
  )
  return [...new Set(sources.flatMap(codesOf))].sort()
}

/** The codes of one file: the literals a reporter is called with, and those of a member called `code`. */
export function codesOf({ nodes }: Source): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'Property' && nameOf(node.key) === 'code') return literalsOf(node.value)
    const isCall = node.type === 'CallExpression' || node.type === 'NewExpression'
    if (!isCall || !REPORTERS.has(nameOf(node.callee))) return []
    return literalsOf((node.arguments as readonly unknown[])[1])
  })
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  return node.type === 'MemberExpression'
    ? nameOf(node.property)
    : typeof node.name === 'string'
      ? node.name
      : ''
}

// A code may be chosen by a condition: both ends count.
function literalsOf(node: unknown): readonly string[] {
  if (!isNode(node)) return []
  if (node.type === 'ConditionalExpression')
    return [...literalsOf(node.consequent), ...literalsOf(node.alternate)]
  return node.type === 'Literal' && typeof node.value === 'string' ? [node.value] : []
}
