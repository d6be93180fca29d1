import { expect, test } from 'vitest'
import { packageImported, packageOf, parseSource, readSources, resolveImport, type Source } from './source.ts'

// Each package and those it may import: always lower floors, never a neighbour.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  storage: ['core'],
  tracker: ['core'],
  experiments: ['core'],
  learning: ['core'],
  collector: ['core', 'storage'],
  edge: ['core', 'storage'],
  next: ['core', 'storage', 'collector', 'edge'],
  wordpress: ['core', 'tracker'],
  cli: ['core', 'storage', 'tracker', 'experiments', 'learning', 'collector', 'edge'],
}

function floorBreaches(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, imports }) => {
    const allowed = MAY_IMPORT[packageOf(path)]
    if (allowed === undefined) return [`${path}: its package has no floor yet`]
    return imports
      .filter((specifier) => !mayImport(path, specifier, allowed))
      .map((name) => `${path} → ${name}`)
  })
}

function mayImport(path: string, specifier: string, allowed: readonly string[]): boolean {
  if (specifier.startsWith('.')) {
    return resolveImport(path, specifier).startsWith(`packages/${packageOf(path)}/`)
  }
  const name = packageImported(specifier)
  return name === undefined || allowed.includes(name)
}

test('imports between packages go down the floors', () => {
  expect(floorBreaches(readSources())).toEqual([])
})

test('an import that goes up, sideways or out of its package is found', () => {
  const sources = [
    parseSource('packages/core/src/a.ts', "import type { X } from '@attune/edge'"),
    parseSource('packages/edge/src/b.ts', "export { collect } from '@attune/collector'"),
    parseSource('packages/edge/src/c.ts', "export type Y = import('../../core/src/y.ts').Y"),
    parseSource('packages/edge/src/d.ts', "import { decide } from '@attune/core'\nimport './e.ts'"),
    parseSource('packages/cellar/src/f.ts', ''),
  ]
  expect(floorBreaches(sources)).toEqual([
    'packages/core/src/a.ts → @attune/edge',
    'packages/edge/src/b.ts → @attune/collector',
    'packages/edge/src/c.ts → ../../core/src/y.ts',
    'packages/cellar/src/f.ts: its package has no floor yet',
  ])
})
