import { expect, test } from 'vitest'
import { parseSource, readSources, resolveImport, type Source } from './source.ts'

/** Every import circle, as the files one walks through until the first comes back. */
function findCycles(sources: readonly Source[]): readonly string[] {
  const edges = new Map(sources.map((source) => [source.path, filesImportedBy(source)]))
  const finished = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, walked: readonly string[]): void => {
    const start = walked.indexOf(path)
    if (start !== -1) cycles.push([...walked.slice(start), path].join(' → '))
    if (start !== -1 || finished.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...walked, path])
    finished.add(path)
  }
  for (const path of edges.keys()) visit(path, [])
  return cycles
}

function filesImportedBy({ path, imports }: Source): readonly string[] {
  return imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolveImport(path, specifier))
}

test('no file imports itself, however long the way round', () => {
  expect(findCycles(readSources())).toEqual([])
})

test('a circle of type imports is found', () => {
  const sources = [
    parseSource('packages/x/src/a.ts', "import type { B } from './b/b.ts'"),
    parseSource('packages/x/src/b/b.ts', "export { C } from './c.ts'"),
    parseSource('packages/x/src/b/c.ts', "import '../a.ts'"),
    parseSource('packages/x/src/d.ts', "import './a.ts'"),
  ]
  expect(findCycles(sources)).toEqual([
    'packages/x/src/a.ts → packages/x/src/b/b.ts → packages/x/src/b/c.ts → packages/x/src/a.ts',
  ])
})
