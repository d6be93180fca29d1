import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NAME_FILE, nameOfLog } from '../src/options/share-consent.ts'
import { makeFolder } from './support/make-folder.ts'

test('a log has one name on its machine, and a copy of its disk another on another', async () => {
  const path = join(makeFolder({}), NAME_FILE)
  const names = await Promise.all([nameOfLog(path, 'web-1'), nameOfLog(path, 'web-1')])
  expect(new Set(names).size).toBe(1)
  const copied = await nameOfLog(path, 'web-2')
  expect(copied).not.toBe(names[0])
  expect(await nameOfLog(path, 'web-2')).toBe(copied)
  expect(readdirSync(join(path, '..'))).toEqual([NAME_FILE])
})

test('a file that names no log is an error with the cure', async () => {
  const path = join(makeFolder({ [NAME_FILE]: 'x' }), NAME_FILE)
  await expect(nameOfLog(path)).rejects.toThrow('Delete it: another name is made up')
  writeFileSync(path, '')
  await expect(nameOfLog(path)).rejects.toThrow('Delete it')
})
