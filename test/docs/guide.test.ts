import { isObject } from '@attune/core'
import { readJson } from '@attune/core/json'
import { describe, expect, test } from 'vitest'
import {
  findingsOf,
  guideRuleset,
  membersOf,
  pageRuleset,
  withCondition,
  withMembers,
} from './guide-ruleset.ts'
import { type Block, blocksOf, deadLinks, type Page, readPage, readPages } from './markdown.ts'

const guide = readPages('docs/guide')
const blocks = guide
  .flatMap((page) => blocksOf(page).map((block) => ({ ...block, page })))
  .filter(({ info }) => /^json(\s|$)/.test(info))

// `json condition` is a condition, `json part` are members of a ruleset, and what has a revision is a ruleset.
function checkedText({ info, text, page }: Block & { readonly page: Page }): string | undefined {
  const value: unknown = JSON.parse(text)
  if (info === 'json condition') return JSON.stringify(withCondition(value, pageRuleset(page)))
  if (info === 'json part') return JSON.stringify(withMembers(guideRuleset(), membersOf(value)))
  return isObject(value) && 'version' in value && 'revision' in value ? text : undefined
}

describe('JSON in the guide', () => {
  test.each(blocks.map((block) => [block.place, block] as const))('is strict JSON: %s', (_, { text }) => {
    expect(readJson(text)).toMatchObject({ ok: true })
  })

  test.each(blocks.map((block) => [block.place, block] as const))('has no findings: %s', (_, block) => {
    const text = checkedText(block)
    expect(text === undefined ? [] : findingsOf(text)).toEqual([])
  })

  test('says what it is in words that are known', () => {
    expect(blocks.filter(({ info }) => !['json', 'json condition', 'json part'].includes(info))).toEqual([])
  })
})

test('every relative link of the documents leads somewhere', () => {
  const pages = [...readPages('docs'), readPage('README.md'), readPage('CONTRIBUTING.md')]
  expect(pages.flatMap(deadLinks)).toEqual([])
})

test('a link that leads nowhere is found, in its file and in its heading', () => {
  const text = '[a](missing.md) [b](ruleset.md#missing) [c](ruleset.md#limits) [d](https://example.org)'
  expect(deadLinks({ path: 'docs/guide/page.md', text })).toEqual([
    'docs/guide/page.md → missing.md',
    'docs/guide/page.md → ruleset.md#missing',
  ])
})

test('the index of the guide names every page', () => {
  const { text } = readPage('docs/guide/README.md')
  const names = guide.map(({ path }) => path.slice('docs/guide/'.length))
  expect(names.filter((name) => name !== 'README.md' && !text.includes(`](${name})`))).toEqual([])
})
