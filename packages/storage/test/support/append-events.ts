// A process of its own: appends events one by one until one fails, reads the profile and leaves the store open.
import './from-source.ts'

const { makeEvents, PLAN } = await import('../../src/contract/builders.ts')
const { createSqliteStore } = await import('../../src/sqlite.ts')

const [, , path = '', count = '1'] = process.argv
const store = createSqliteStore({ path })
let kept = 0
let failure: string | null = null
for (const event of makeEvents(Number(count))) {
  try {
    await store.append({ visitor: 'v', events: [event], plan: PLAN })
    kept++
  } catch (error) {
    failure = error instanceof Error ? error.name : String(error)
    break
  }
}
const loaded = (await store.load('v', PLAN)) !== null
process.stdout.write(JSON.stringify({ kept, failure, loaded }))
