import { describe, expect, test } from 'vitest'
import { readJson, readJsonLeniently } from '../src/json.ts'

describe('documents made to cost much', () => {
  test('with thousands of bad numbers under a long key are given up after a hundred', () => {
    const text = `{"events":[{"${'k'.repeat(32_000)}":[${Array(6_600).fill('9e99').join(',')}]}]}`
    const { value, problems } = readJsonLeniently(text)
    expect(value).toBeUndefined()
    expect(problems.map(({ code }) => code)).toEqual(['too-many-problems'])
    expect(problems[0]!.path.length).toBeLessThan(200)
  })

  test('with one event that is too deep lose that event alone', () => {
    const deep = `${'['.repeat(70)}"]"${']'.repeat(70)}`
    const { value, problems } = readJsonLeniently(`{"events":[{"a":1},{"b":${deep}},{"c":3}]}`)
    expect(problems.map(({ code, path }) => [code, path.slice(0, 13)])).toEqual([
      ['too-deep', '$.events[1].b'],
    ])
    const { events } = value as { events: readonly object[] }
    expect([events[0], events[2]]).toEqual([{ a: 1 }, { c: 3 }])
    expect(readJson(`[${deep}]`).ok).toBe(false)
  })
})
