import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compileDocument } from '@attune/core/publish'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test, vi } from 'vitest'
import { findCanary } from '../../storage/test/support/canary.ts'
import { erase } from '../src/commands/erase.ts'
import { rekey } from '../src/commands/rekey.ts'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000 })

const AT_REST = 'a secret of keys at rest that is long enough'
const CANARY = 'kanarienvogel'

test('a backup from before the keys brings nobody back: rekey, then a server with the list', async () => {
  const folder = makeSite()
  const [data, backup] = [join(folder, 'data'), join(folder, 'backup')]
  mkdirSync(join(folder, 'elsewhere'))
  const env = {
    ATTUNE_SECRET: SECRET,
    ATTUNE_KEYS_AT_REST: AT_REST,
    ATTUNE_ERASED: join(folder, 'elsewhere', 'erased.list'),
  }
  const run = async (...words: readonly string[]) => {
    const { io, err } = makeIo({ env })
    return [await main([...words, '--data', data], [erase, rekey, serve], io, '1'), err()]
  }
  const inner = createSqliteStore({ path: join(data, 'attune.db') })
  const { plan } = compileDocument(makeRuleset())
  for (const visitor of [CANARY, 'another']) {
    const event = { id: `of-${visitor}`, name: 'purchase', time: Date.UTC(2026, 10, 21), properties: {} }
    await inner.append({ visitor, events: [event], plan })
  }
  await inner.close()
  cpSync(data, backup, { recursive: true })
  expect(await run('rekey', '--without-audit')).toMatchObject([0, expect.any(String)])
  expect(await run('erase', CANARY, '--without-audit')).toMatchObject([0, expect.any(String)])
  rmSync(data, { recursive: true })
  cpSync(backup, data, { recursive: true })

  const started = ['serve', '--ruleset', join(folder, 'rules.json'), '--port', '0']
  expect(await run(...started)).toEqual([2, expect.stringContaining('move them with `attune rekey`')])
  expect(await run('rekey', '--without-audit')).toMatchObject([0, expect.any(String)])
  const { err, end } = await startServing([], { folder, env })
  expect(err()).toContain('1 who had been erased were known again')
  await end()
  expect(findCanary(data, CANARY)).toEqual([])
  const store = withPseudonyms(createSqliteStore({ path: join(data, 'attune.db') }), AT_REST)
  expect((await store.exportVisitor('another'))?.events).toHaveLength(1)
  await store.close()
})
