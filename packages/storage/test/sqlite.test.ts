import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeProfileStore } from '../src/contract.ts'
import { createSqliteStore } from '../src/sqlite.ts'

describeProfileStore('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-'))
  const path = join(folder, 'attune.db')
  return {
    store: createSqliteStore({ path }),
    reopen: async () => createSqliteStore({ path }),
    dispose: () => rm(folder, { recursive: true }),
  }
})
