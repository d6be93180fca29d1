import { expect, test } from 'vitest'
import { parseSource, readSources, type Source } from './source.ts'

// A file past about 250 lines holds two ideas; past 300 it is no matter of taste.
const MOST_LINES = 300

function barrels(sources: readonly Source[]): readonly string[] {
  const isBarrel = (path: string): boolean =>
    /\/index\.tsx?$/.test(path) && !/^packages\/[^/]+\/src\/index\.ts$/.test(path)
  return sources.map(({ path }) => path).filter(isBarrel)
}

function longFiles(sources: readonly Source[]): readonly string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines`)
}

test('the only index.ts of a package is its public list', () => {
  expect(barrels(readSources(''))).toEqual([])
})

test('a barrel inside a package is found', () => {
  const paths = ['packages/x/src/index.ts', 'packages/x/src/event/index.ts', 'packages/x/src/index.tsx']
  const sources = paths.map((path) => parseSource(path, ''))
  expect(barrels(sources)).toEqual(['packages/x/src/event/index.ts', 'packages/x/src/index.tsx'])
})

test('no file of a package is longer than 300 lines', () => {
  expect(longFiles(readSources(''))).toEqual([])
})

test('a file of 301 lines is found, one of 300 is not', () => {
  const sources = [301, 300].map((lines) =>
    parseSource(`packages/x/src/of-${lines}.ts`, '//\n'.repeat(lines)),
  )
  expect(longFiles(sources)).toEqual(['packages/x/src/of-301.ts: 301 lines'])
})
