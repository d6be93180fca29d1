import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRulesetFile } from '../src/ruleset-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(text: string | Uint8Array) {
  const path = join(folder, 'ruleset.json')
  await writeFile(path, text)
  const result = readRulesetFile(path)
  return result.ok ? result.value : result.problems.map(({ path: place, code }) => [place, code])
}

test('a sound ruleset is read', async () => {
  const ruleset = { version: 1, revision: 'a', placements: { hero: { baseline: 'x', variants: ['x'] } } }
  expect(await read(JSON.stringify(ruleset))).toEqual(ruleset)
})

test('a warning does not keep a ruleset from being read', async () => {
  const ruleset = { version: 1, revision: 'a', segments: { unused: { when: { consent: 'marketing' } } } }
  expect(await read(JSON.stringify(ruleset))).toEqual(ruleset)
})

test('a file that breaks a rule of JSON or of the language is refused with the place', async () => {
  expect(await read('{"version":1,"version":1,"revision":"a"}')).toEqual([['$.version', 'duplicate-key']])
  expect(await read('\ufeff{}')).toEqual([['$', 'byte-order-mark']])
  expect(await read('{')).toEqual([['$', 'not-json']])
  expect(await read('{"version":2,"revision":"a"}')).toEqual([['$.version', 'version']])
})

test('bytes that are no UTF-8, and no file at all, are unreadable', async () => {
  expect(await read(new Uint8Array([0x7b, 0xff, 0x7d]))).toEqual([['$', 'unreadable']])
  const missing = readRulesetFile(join(folder, 'missing.json'))
  expect(missing).toMatchObject({ ok: false, problems: [{ code: 'unreadable' }] })
})
