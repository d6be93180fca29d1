// A process of its own: plants two visitors, says so, merges them and says so, and then waits to be killed.
import './from-source.ts'

const { makeEvents, NOON, PLAN } = await import('../../src/contract/builders.ts')
const { createSqliteStore } = await import('../../src/sqlite.ts')

const [, , path = ''] = process.argv
const store = createSqliteStore({ path })
const events = makeEvents(600)
await store.append({ visitor: 'account', events: events.slice(0, 40), plan: PLAN })
await store.append({ visitor: 'phone', events: events.slice(40), plan: PLAN })
process.stdout.write('planted\n')
await store.mergeVisitor('phone', 'account', PLAN, NOON)
process.stdout.write('merged\n')
setInterval(() => {}, 60_000)
