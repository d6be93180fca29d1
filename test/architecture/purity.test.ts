import { expect, test } from 'vitest'
import { packageOf, parseSource, readSources, type Source, type SyntaxNode } from './source.ts'

const IMPURE_NAMES: readonly string[] = [
  'console',
  'fetch',
  'Promise',
  'crypto',
  'performance',
  'setTimeout',
  'process',
]
const IMPURE_MEMBERS: readonly string[] = ['Date.now', 'Math.random']

function impurities({ path, nodes }: Source): readonly string[] {
  return nodes.flatMap(impurityOf).map((what) => `${path}: ${what}`)
}

function impurityOf(node: SyntaxNode): readonly string[] {
  const found = [waitingOf(node), clockOf(node), nameOf(node)]
  return found.filter((what) => what !== undefined)
}

function waitingOf(node: SyntaxNode): string | undefined {
  if (node.type === 'AwaitExpression') return 'await'
  return node.async === true || (node.type === 'ForOfStatement' && node.await === true) ? 'async' : undefined
}

function clockOf(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') {
    const member = `${identifier(node.object)}.${identifier(node.property)}`
    return IMPURE_MEMBERS.includes(member) ? member : undefined
  }
  if (node.type === 'CallExpression' && identifier(node.callee) === 'Date') return 'Date()'
  const makesDate = node.type === 'NewExpression' && identifier(node.callee) === 'Date'
  // With an argument it is only a calendar; without one it reads the clock.
  return makesDate && Array.isArray(node.arguments) && node.arguments.length === 0 ? 'new Date()' : undefined
}

// A global is used, not merely spelled the same as a field: `x.fetch` and `{ fetch: 1 }` are others' words.
function nameOf(node: SyntaxNode): string | undefined {
  const used = USES.flatMap(([type, field]) => (node.type === type ? [identifier(node[field])] : []))
  return used.find((name) => name !== undefined && IMPURE_NAMES.includes(name))
}

const USES: readonly (readonly [type: string, field: string])[] = [
  ['CallExpression', 'callee'],
  ['NewExpression', 'callee'],
  ['MemberExpression', 'object'],
  ['TSTypeReference', 'typeName'],
  ['VariableDeclarator', 'init'],
]

function identifier(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('name' in value))
    return undefined
  return value.type === 'Identifier' && typeof value.name === 'string' ? value.name : undefined
}

function evaluations({ path, nodes }: Source): readonly string[] {
  const calls = nodes.filter(({ type }) => type === 'CallExpression' || type === 'NewExpression')
  const names = calls.map((node) => identifier(node.callee))
  return names.filter((name) => name === 'eval' || name === 'Function').map((name) => `${path}: ${name}`)
}

test('core has no clock, chance, logging, network or waiting', () => {
  const core = readSources().filter(({ path }) => packageOf(path) === 'core')
  expect(core.flatMap(impurities)).toEqual([])
})

test.each([
  ['const now = Date.now()', 'Date.now'],
  ['const now = new Date()', 'new Date()'],
  ['const now = Date()', 'Date()'],
  ['const chance = Math.random()', 'Math.random'],
  ["console.log('x')", 'console'],
  ["fetch('/')", 'fetch'],
  ['const f = async () => 1', 'async'],
  ['class A { async m() {} }', 'async'],
  ['type T = Promise<number>', 'Promise'],
  ['const p = Promise.resolve(1)', 'Promise'],
  ['const get = fetch', 'fetch'],
  ['await 1', 'await'],
])('%s is found', (text, what) => {
  expect(impurities(parseSource('packages/core/src/a.ts', text))).toContain(`packages/core/src/a.ts: ${what}`)
})

test('words that only look alike pass', () => {
  const text = '/** Date.now() */ const a = new Date(0); const b = { fetch: 1 }; b.fetch; const s = "await"'
  expect(impurities(parseSource('packages/core/src/a.ts', text))).toEqual([])
})

test('no package makes code from text', () => {
  expect(readSources().flatMap(evaluations)).toEqual([])
})

test('eval and new Function are found', () => {
  const source = parseSource('packages/x/src/a.ts', "eval('1'); new Function('return 1')")
  expect(evaluations(source)).toEqual(['packages/x/src/a.ts: eval', 'packages/x/src/a.ts: Function'])
})
