import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { describeProfileStore, describeQuarantine } from '../src/contract.ts'
import { createSqliteStore } from '../src/sqlite.ts'

// Each test starts threads of its own, and those of a busy machine take their time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

async function makeSubject() {
  const folder = await mkdtemp(join(tmpdir(), 'attune-'))
  const path = join(folder, 'attune.db')
  return {
    store: createSqliteStore({ path }),
    reopen: async () => createSqliteStore({ path }),
    dispose: () => rm(folder, { recursive: true }),
  }
}

describeProfileStore('sqlite', makeSubject)
describeQuarantine('sqlite', makeSubject)
