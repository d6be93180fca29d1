import { expect, test } from 'vitest'
import { readSources, resolveImport } from '../../../test/architecture/source.ts'

const sources = new Map(readSources().map((source) => [source.path, source]))

/** Everything that an entry brings along: modules of the package, and what is imported from elsewhere. */
function reachedFrom(path: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  const source = sources.get(path)
  if (seen.has(path) || source === undefined) return seen
  seen.add(path)
  for (const name of source.imports) {
    if (name.startsWith('.')) reachedFrom(resolveImport(path, name), seen)
    else seen.add(name)
  }
  return seen
}

test.each([
  ['http', []],
  ['edge-config', []],
  ['upstash', []],
  ['source', []],
])('a source of the kind %s runs at the edge: it needs nothing of Node.js', (kind, needs) => {
  const reached = [...reachedFrom(`packages/storage/src/ruleset-${kind}.ts`)]
  expect(reached.length).toBeGreaterThan(5)
  expect(reached.filter((name) => name.startsWith('node:'))).toEqual(needs)
})

test('that of files is found to need it', () => {
  expect(reachedFrom('packages/storage/src/ruleset-file.ts')).toContain('node:fs/promises')
})
