import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPhp } from '../../../../scripts/lib/php.mjs'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-php-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A program that says it is such a PHP. */
function fakePhp(name: string, answer: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\necho '${answer}'\n`)
  chmodSync(path, 0o755)
  return path
}

const find = (path: string, extensions: readonly string[] = []) =>
  findPhp({ env: { ATTUNE_PHP: path }, extensions })

test('a PHP that can be used is found with its version', () => {
  const path = fakePhp('good', '["8.4.1",80401,8,["Core","pdo_sqlite"]]')
  expect(find(path, ['pdo_sqlite'])).toEqual({ path, version: '8.4.1' })
})

test.each([
  ['too old', '["8.0.30",80030,8,["Core"]]', 'is PHP 8.0.30; 8.1 is needed'],
  ['32-bit', '["8.2.0",80200,4,["Core"]]', 'is a 32-bit PHP'],
  ['without an extension', '["8.2.0",80200,8,["Core"]]', '(PHP 8.2.0) lacks pdo_sqlite'],
  ['no PHP at all', 'hello', 'is no working PHP: hello'],
])('one that is %s is refused when it was named, with the reason', (name, answer, reason) => {
  expect(() => find(fakePhp(name.replaceAll(' ', '-'), answer), ['pdo_sqlite'])).toThrow(reason)
})

test('one that is not there is refused, with the cure', () => {
  let trouble: unknown
  try {
    find(join(folder, 'nothing'))
  } catch (error) {
    trouble = error
  }
  expect(trouble).toMatchObject({
    message: expect.stringContaining('ATTUNE_PHP names a PHP that cannot be used: There is no'),
    cure: expect.stringContaining('unset ATTUNE_PHP'),
  })
})

test('"none" leaves the PHP of the machine alone', () => {
  expect(find('none')).toEqual({ missing: expect.stringContaining('ATTUNE_PHP=none') })
})
