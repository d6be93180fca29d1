import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditFile } from '@attune/storage/audit'
import { expect, test } from 'vitest'
import { audit } from '../src/commands/audit.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'

const KEY = 'a key of more than thirty-two characters'

async function makeLog(): Promise<{ readonly path: string; readonly headPath: string }> {
  const folder = makeFolder()
  const [path, headPath] = [join(folder, 'audit.log'), join(folder, 'audit.heads')]
  const log = await openAuditFile({ path, headPath, key: KEY, onRepair: () => {} })
  for (const outcome of ['asked', 'done', 'asked'] as const) {
    await log.record({ action: 'profile.export', outcome, actor: 'desk', subject: 'visitor-4711' })
  }
  await log.close()
  return { path, headPath }
}

async function run(words: readonly string[], env: { readonly [name: string]: string } = {}) {
  const { io, out, err } = makeIo({ env })
  const code = await main(['audit', ...words], [audit], io, '1')
  return { code, out: out(), err: err() }
}

test('a whole log is exit code 0, and what it was compared with is said', async () => {
  const { path, headPath } = await makeLog()
  const { code, out } = await run(['verify', path, '--head', headPath], { ATTUNE_AUDIT_KEY: KEY })
  expect(code).toBe(0)
  expect(out).toContain(
    'whole. 3 records, 3 heads to compare with, signatures looked at. It ends at record 3, ',
  )
})

test('without a head it says what it could not tell', async () => {
  const { path } = await makeLog()
  const { code, out } = await run(['verify', path])
  expect(code).toBe(0)
  expect(out).toContain('Whether its end was cut off, only a head can tell: give --head.')
})

test('an altered and a cut log are exit code 1, with the place', async () => {
  const { path, headPath } = await makeLog()
  const whole = readFileSync(path, 'utf8')
  writeFileSync(path, whole.replace('"outcome":"done"', '"outcome":"fail"'))
  const altered = await run(['verify', path, '--head', headPath])
  expect(altered.code).toBe(1)
  expect(altered.out).toContain('line 2      Record 2 is not as it was written.  altered')
  expect(altered.out).toContain('1 problem in 3 records, 3 heads')
  writeFileSync(path, `${whole.split('\n').slice(0, 2).join('\n')}\n`)
  const cut = await run(['verify', path, '--head', headPath, '--json'])
  expect(cut.code).toBe(1)
  expect(JSON.parse(cut.out)).toMatchObject({ records: 2, heads: 3, problems: [{ line: 0, code: 'cut' }] })
})

test('records of somebody without the key are told to who has it', async () => {
  const { path } = await makeLog()
  const { code, out } = await run(['verify', path], { ATTUNE_AUDIT_KEY: `${KEY}, another`.replace(',', '') })
  expect(code).toBe(1)
  expect(out).toMatch(/line 1 {6}Record 1 names the key [\da-f]{8}, which was not given\. {2}forged/)
})

test.each([
  [['verify', 'nowhere.log'], 'There is no file "nowhere.log". Check the path.'],
  [['erase', 'a.log'], 'There is no action "erase" of audit. Use verify.'],
])('%j is told what is wrong, exit code 2', async (words, message) => {
  const { code, err } = await run(words)
  expect(code).toBe(2)
  expect(err).toContain(message)
})
