import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { AuditLockedError, lockFile } from '../../src/audit/lock-file.ts'

function makePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attune-audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'audit.log')
}

test('a lock is there for one at a time, and gone when it is let go of', async () => {
  const path = makePath()
  const unlock = await lockFile(path, { wait: 0 })
  const refused = lockFile(path, { wait: 0 })
  await expect(refused).rejects.toThrow(AuditLockedError)
  await expect(refused).rejects.toThrow(`Process ${process.pid} of ${hostname()} has`)
  await unlock()
  expect(existsSync(`${path}.lock`)).toBe(false)
  const next = await lockFile(path, { wait: 0 })
  await unlock()
  expect(existsSync(`${path}.lock`)).toBe(true)
  await next()
})

test('whoever waits has it as soon as the other lets go, and no sooner', async () => {
  const path = makePath()
  const unlock = await lockFile(path, { wait: 0 })
  const pauses: number[] = []
  const pause = async (ms: number): Promise<void> => {
    pauses.push(ms)
    if (pauses.length === 3) await unlock()
  }
  await (await lockFile(path, { wait: 1_000, pause }))()
  expect(pauses).toEqual([50, 50, 50])
})

const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid

test.each([
  ['a process that is gone', () => `${gone()} ${hostname()}\n`],
  ['one that had the number of this process', () => `${process.pid} ${hostname()}\n`],
])('what %s left behind is taken over', async (_, left) => {
  const path = makePath()
  writeFileSync(`${path}.lock`, left())
  const unlock = await lockFile(path, { wait: 0 })
  expect(readFileSync(`${path}.lock`, 'utf8')).toBe(`${process.pid} ${hostname()}\n`)
  await unlock()
})

test.each([
  ['a process that runs', () => `${process.ppid} ${hostname()}\n`],
  ['a process of another machine', () => `${gone()} another.machine\n`],
  ['nobody yet, for it is being written', () => ''],
])('what is held by %s is not taken over', async (_, left) => {
  const path = makePath()
  const text = left()
  writeFileSync(`${path}.lock`, text)
  await expect(lockFile(path, { wait: 0 })).rejects.toThrow(`delete ${path}.lock`)
  expect(readFileSync(`${path}.lock`, 'utf8')).toBe(text)
})
