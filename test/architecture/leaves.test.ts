import { expect, test } from 'vitest'
import { packageOf, parseSource, readSources, resolveImport, type Source } from './source.ts'

// Hosts are stars: one conductor at the root of src, leaf folders around it.
const STARS: readonly string[] = ['edge', 'collector']

function leafBreaches(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, imports }) => {
    const leaf = leafOf(path)
    if (leaf === undefined || !STARS.includes(packageOf(path))) return []
    const crossing = imports.filter((specifier) => {
      const target = specifier.startsWith('.') ? leafOf(resolveImport(path, specifier)) : undefined
      return target !== undefined && target !== leaf
    })
    return crossing.map((specifier) => `${path} → ${specifier}`)
  })
}

function leafOf(path: string): string | undefined {
  return /^packages\/[^/]+\/src\/([^/]+)\//.exec(path)?.[1]
}

test('leaf folders of edge and collector never import each other', () => {
  expect(leafBreaches(readSources())).toEqual([])
})

test('a leaf that imports another leaf is found', () => {
  const sources = [
    parseSource('packages/edge/src/visitor/a.ts', "import { readConsent } from '../consent/read-consent.ts'"),
    parseSource('packages/edge/src/visitor/b.ts', "import './a.ts'"),
    parseSource('packages/edge/src/personalize.ts', "import './visitor/a.ts'\nimport './consent/c.ts'"),
    parseSource('packages/tracker/src/send/d.ts', "import '../queue/e.ts'"),
  ]
  expect(leafBreaches(sources)).toEqual(['packages/edge/src/visitor/a.ts → ../consent/read-consent.ts'])
})
