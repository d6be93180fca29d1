// A process of its own: plants a canary, says so, erases it and says so, and then waits to be killed.
import './from-source.ts'

const { NOON } = await import('../../src/contract/builders.ts')
const { createSqliteStore } = await import('../../src/sqlite.ts')
const { plant } = await import('./canary.ts')

const [, , path = ''] = process.argv
const store = createSqliteStore({ path })
await plant(store, 'v', 12)
process.stdout.write('planted\n')
await store.erase('v', NOON)
process.stdout.write('erased\n')
setInterval(() => {}, 60_000)
