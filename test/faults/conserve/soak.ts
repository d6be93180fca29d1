// Conservation at volume in a process of its own: node soak.ts <sqlite | redis> <events> <seed>. Tells its progress and, last, its report.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ProfileStore } from '@attune/storage'
import { createRedisStore } from '@attune/storage/redis'
import { createSqliteStore } from '@attune/storage/sqlite'
import { makeFolder } from '../../support/fault-folder.ts'
import { startRedis } from '../../support/redis.ts'
import { conserve } from './conserve.ts'

const [, , kind = 'sqlite', events = '100000', seed = '1'] = process.argv
const TOLD_EVERY_MS = 500

interface Opened {
  readonly store: ProfileStore
  readonly onCompared?: () => Promise<void>
  /** What it takes on the disk or in memory, in words. */
  readonly size: () => Promise<string>
  readonly close: () => Promise<void>
}

const removals: (() => void)[] = []
process.once('exit', () => {
  for (const remove of removals) remove()
})

function openSqlite(): Opened {
  const path = join(
    makeFolder((remove) => removals.push(remove)),
    'attune.db',
  )
  const store = createSqliteStore({ path })
  const size = async (): Promise<string> => {
    const bytes = statSync(path).size + (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0)
    return `${Math.round(bytes / 1e6)} MB of database`
  }
  return { store, size, close: () => store.close() }
}

async function openRedis(): Promise<Opened> {
  const server = await startRedis()
  const store = createRedisStore({ url: server.url, timeout: 5_000 })
  // Ten million events do not fit into the memory of most machines: what was compared goes.
  const onCompared = async (): Promise<void> => void (await server.ask('FLUSHALL'))
  const size = async (): Promise<string> => {
    const info = String(await server.ask('INFO', 'memory'))
    return `${Math.round(Number(/used_memory_peak:(\d+)/.exec(info)?.[1]) / 1e6)} MB of memory at its peak`
  }
  const close = async (): Promise<void> => {
    await store.close()
    await server.stop()
  }
  return { store, onCompared, size, close }
}

// Nobody is left to tell.
process.once('disconnect', () => process.exit(1))
const { store, onCompared, size, close } = kind === 'redis' ? await openRedis() : openSqlite()
let told = 0
const report = await conserve({
  events: Number(events),
  seed: Number(seed),
  store,
  ...(onCompared && { onCompared }),
  onProgress: (sent) => {
    const now = performance.now()
    if (now - told < TOLD_EVERY_MS) return
    told = now
    process.send?.({ sent })
  },
})
process.send?.({ report: { ...report, size: await size() } })
await close()
process.removeAllListeners('disconnect')
process.disconnect?.()
