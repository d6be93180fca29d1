import { mkdir, mkdtemp, rename, rm, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createFileRuleset, type FileRulesetOptions } from '../src/ruleset-file.ts'
import { sealRuleset } from '../src/ruleset-source.ts'
import { makeText, SECRET } from './support/make-published.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'attune-'))
})
afterAll(() => rm(root, { recursive: true }))

let files = 0

async function makeFile(text = makeText('r1'), over: Partial<FileRulesetOptions> = {}) {
  const path = join(root, `${++files}.json`)
  await writeFile(path, text)
  const clock = { now: 0 }
  const onError = vi.fn()
  const source = createFileRuleset({ path, clock: () => clock.now, random: () => 0.5, onError, ...over })
  const troubles = (): readonly string[] => onError.mock.calls.map(([error]) => error.message)
  return { path, clock, source, troubles, revision: async () => (await source.load()).revision }
}

test('a file that was replaced in one step is read again after two seconds, behind an answer', async () => {
  const { path, clock, source, revision } = await makeFile()
  expect(await revision()).toBe('r1')
  await writeFile(`${path}.new`, makeText('r2'))
  await rename(`${path}.new`, path)
  clock.now = 1_999
  expect(await revision()).toBe('r1')
  clock.now = 2_000
  expect(await revision()).toBe('r1')
  await vi.waitFor(async () => expect(await revision()).toBe('r2'))
  expect(source.recent().map((ruleset) => ruleset.revision)).toEqual(['r2', 'r1'])
})

test('an interval that is left undefined is two seconds, too', async () => {
  const { path, clock, revision } = await makeFile(makeText('r1'), { interval: undefined })
  await revision()
  await writeFile(`${path}.new`, makeText('r2'))
  await rename(`${path}.new`, path)
  clock.now = 2_000
  await revision()
  await vi.waitFor(async () => expect(await revision()).toBe('r2'))
})

test.each([
  [
    'a document that is not published',
    { version: 1, revision: 'r1', segments: {} },
    'holds a ruleset that is not published yet. Let it hold what `attune publish` writes.',
  ],
  ['something else', { a: 1 }, 'holds no published ruleset. Let it hold what `attune publish` writes.'],
  [
    'what a newer Attune published',
    { published: 2, revision: 'r1' },
    'holds what was published in format 2, not 1. Update the older of the two sides.',
  ],
])('a file with %s says so, with the cure', async (_, held, message) => {
  const { path, source, troubles } = await makeFile(JSON.stringify(held))
  await expect(source.load()).rejects.toThrow()
  expect(troubles()).toEqual([`[storage] the file ${path} ${message}`])
})

test('a file of the same size and time is another when it was replaced', async () => {
  const { path, source, revision } = await makeFile()
  await source.load()
  const { atime, mtime } = await stat(path)
  await writeFile(`${path}.new`, makeText('r2'))
  await utimes(`${path}.new`, atime, mtime)
  await rename(`${path}.new`, path)
  await source.refresh()
  expect(await revision()).toBe('r2')
})

test('a file that was touched without a change keeps the same ruleset, compiled once', async () => {
  const { path, source } = await makeFile()
  const first = await source.load()
  await utimes(path, 1, 1)
  await source.refresh()
  expect(source.recent()).toEqual([first])
})

test('while a file is replaced over and over, no look meets half of one and none goes back', async () => {
  const { path, source, troubles } = await makeFile(makeText('r0'))
  await source.load()
  const seen: number[] = []
  source.follow(
    ({ revision }) =>
      () =>
        seen.push(Number(revision.slice(1))),
  )
  const replacing = (async () => {
    for (let number = 1; number <= 150; number++) {
      await writeFile(`${path}.new`, makeText(`r${number}`))
      await rename(`${path}.new`, path)
    }
  })()
  let isOver = false
  const ended = replacing.then(() => {
    isOver = true
  })
  while (!isOver) await source.refresh()
  await ended
  await source.refresh()
  expect([troubles(), seen.at(-1)]).toEqual([[], 150])
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.length).toBeGreaterThan(2)
})

test('a half-written file is not taken, and whole it is', async () => {
  const { path, source, troubles, revision } = await makeFile()
  await source.load()
  await writeFile(path, makeText('r2'))
  await truncate(path, 700)
  await source.refresh()
  expect([await revision(), source.state().state]).toEqual(['r1', 'stale'])
  expect(troubles()[0]).toMatch(
    /the file \/.*\.json is no sound JSON at \$.*Let it hold what `attune publish` writes/,
  )
  await writeFile(path, makeText('r2'))
  await source.refresh()
  expect([await revision(), source.state().state]).toEqual(['r2', 'fresh'])
})

test('a file that goes keeps the last good ruleset in force, and one that was never there is said', async () => {
  const { path, source, troubles, revision } = await makeFile()
  await source.load()
  await unlink(path)
  await source.refresh()
  expect(await revision()).toBe('r1')
  expect(troubles()[0]).toMatch(/cannot be read: ENOENT.*Check the path/)
  const missing = createFileRuleset({ path: join(root, 'never.json'), onError: () => {} })
  await expect(missing.load()).rejects.toThrow(/never\.json cannot be read/)
})

test('a folder, an empty file, what is no UTF-8 and more than 4 MiB are refused', async () => {
  const { path, source, troubles } = await makeFile()
  await source.load()
  const reject = async (content: string | Uint8Array): Promise<string | undefined> => {
    await writeFile(path, content)
    await source.refresh()
    return troubles().at(-1)
  }
  expect(await reject('')).toMatch(/is no sound JSON at/)
  expect(await reject(Uint8Array.of(0x7b, 0xff, 0x7d))).toMatch(/cannot be read: .*Let it hold/)
  expect(await reject(' '.repeat(4 * 1024 * 1024 + 1))).toMatch(/has 4194305 bytes, more than 4194304/)
  await mkdir(join(root, 'folder'))
  const folder = createFileRuleset({ path: join(root, 'folder'), onError: () => {} })
  await expect(folder.load()).rejects.toThrow(/cannot be read: EISDIR/)
})

test('with a secret the file must be signed with it', async () => {
  const seal = async (revision: string, secret = SECRET): Promise<string> =>
    JSON.stringify(await sealRuleset(makeText(revision), secret))
  const { path, source, troubles, revision } = await makeFile(await seal('r1'), { secret: SECRET })
  expect(await revision()).toBe('r1')
  await writeFile(path, makeText('r2'))
  await source.refresh()
  await writeFile(path, await seal('r3', 'another secret of more than thirty-two characters'))
  await source.refresh()
  expect(troubles()).toEqual([
    expect.stringMatching(/holds no signed ruleset\. Publish with `attune publish`, which signs it/),
    expect.stringMatching(/is not signed with our secret\. Give both sides the same ATTUNE_SECRET/),
  ])
  await writeFile(path, await seal('r4'))
  await source.refresh()
  expect(await revision()).toBe('r4')
})

test('opened twice it is one source; a missing path and a short secret are said at once', async () => {
  const { path, source } = await makeFile()
  expect(createFileRuleset({ path })).toBe(source)
  expect(() => createFileRuleset({ path: '' })).toThrow(/`path` is missing/)
  expect(() => createFileRuleset({ path, secret: 'short' })).toThrow(/ATTUNE_SECRET/)
})
