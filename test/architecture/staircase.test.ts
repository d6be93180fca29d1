import { expect, test } from 'vitest'
import { parseSource, readSources, resolveImport, type Source } from './source.ts'
import { STAIRCASE } from './staircase.ts'

function staircaseBreaches(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, imports }) => {
    const folder = folderOf(path)
    if (folder === undefined) return []
    const step = stepOf(folder)
    if (step === -1) return [`${path}: ${folder} is no step of the staircase`]
    const relative = imports.filter((specifier) => specifier.startsWith('.'))
    const upwards = relative.filter((specifier) => !leadsDown(step, folderOf(resolveImport(path, specifier))))
    return upwards.map((specifier) => `${path} → ${specifier}`)
  })
}

function leadsDown(step: number, folder: string | undefined): boolean {
  const target = folder === undefined ? -1 : stepOf(folder)
  return target !== -1 && target <= step
}

function stepOf(folder: string): number {
  return STAIRCASE.indexOf(folder)
}

function folderOf(path: string): string | undefined {
  return /^packages\/core\/src\/([^/]+)\//.exec(path)?.[1]
}

test('core is a staircase: each folder imports only folders to its left', () => {
  expect(staircaseBreaches(readSources())).toEqual([])
})

test('a step up, an import of an entry point and a folder off the staircase are found', () => {
  const sources = [
    parseSource('packages/core/src/event/a.ts', "import type { P } from '../profile/profile.ts'"),
    parseSource('packages/core/src/event/b.ts', "import { x } from '../index.ts'"),
    parseSource('packages/core/src/cellar/c.ts', ''),
    parseSource('packages/core/src/profile/d.ts', "import '../event/a.ts'\nimport './e.ts'"),
    parseSource('packages/core/src/index.ts', "export * from './code/code.ts'"),
  ]
  expect(staircaseBreaches(sources)).toEqual([
    'packages/core/src/event/a.ts → ../profile/profile.ts',
    'packages/core/src/event/b.ts → ../index.ts',
    'packages/core/src/cellar/c.ts: cellar is no step of the staircase',
  ])
})
