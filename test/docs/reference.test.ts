import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPage } from './markdown.ts'

const core = fileURLToPath(new URL('../../packages/core/', import.meta.url))
const folders = readdirSync(`${core}src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
const architecture = readPage('docs/architecture.md').text

test('the architecture page draws the staircase of core whole', () => {
  const drawn = /^`(result → .*)`$/m.exec(architecture)?.[1]?.split(' → ') ?? []
  expect([...drawn].sort()).toEqual(folders)
})

test('the architecture page says what every folder of core holds', () => {
  const table = /\| Folder \| Holds \|\n(?:\|.*\n)+/.exec(architecture)?.[0] ?? ''
  const told = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/[a-z]+/g) ?? [])
  expect(told.sort()).toEqual(folders)
})

test('the architecture page names every entry point of core', () => {
  const { exports } = JSON.parse(readFileSync(`${core}package.json`, 'utf8')) as { exports: object }
  const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'))
  expect(entries.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([])
})

test('the glossary has every word once', () => {
  const words = [...readPage('docs/glossary.md').text.matchAll(/^\| ([a-z ]+) \|/gm)].map(([, word]) => word)
  expect(words.length).toBeGreaterThan(40)
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
})
