import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { lookAtProofs } from '../../src/serve/look-at-proofs.ts'
import { makeFolder } from '../support/make-folder.ts'

const builtins = vi.hoisted(() => ({ hasSqlite: true }))
vi.mock('node:module', async (actual) => ({
  ...(await actual<typeof import('node:module')>()),
  isBuiltin: () => builtins.hasSqlite,
}))
afterEach(() => {
  builtins.hasSqlite = true
})

const look = (folder: string, trouble?: string) => lookAtProofs(folder, () => trouble)()

test('a folder that may be made is well, and is not made', async () => {
  const folder = makeFolder()
  expect(await look(join(folder, 'not', 'there', 'yet'))).toEqual({})
})

test('a Node without SQLite keeps none, and says which does', async () => {
  builtins.hasSqlite = false
  expect((await look(makeFolder())).why).toContain('has no SQLite. Use Node 24, or 22.13 and later.')
})

test('what stood in the way of the file is told on', async () => {
  expect((await look(makeFolder(), 'It is damaged. Mend it.')).why).toBe(
    'It is damaged. Mend it. Until then no proof of consent is kept, and /attune/consent answers 503.',
  )
})

test('a path that leads through a file is named with the cure', async () => {
  const folder = makeFolder({ data: '' })
  expect((await look(join(folder, 'data'))).why).toContain('Set ATTUNE_DATA to a folder')
})
