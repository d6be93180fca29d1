// A process of its own: appends shuffled events of one visitor, a twentieth of them twice, and says what became of them.
import './from-source.ts'

const { makeEvents, PLAN, shuffle } = await import('../../src/contract/builders.ts')
const { createRedisStore } = await import('../../src/redis.ts')

const [, , url = '', count = '1', seed = '1'] = process.argv
// Nothing here is about time, and the machine may be busy.
const store = createRedisStore({ url, timeout: 5_000, patience: 60_000 })
const events = makeEvents(Number(count))
const sent = shuffle([...events, ...events.filter((_, at) => at % 20 === 0)], Number(seed))
const results = await Promise.all(
  sent.map((event) => store.append({ visitor: 'v', events: [event], plan: PLAN })),
)
await store.close()
const accepted = results.flatMap((result) => result.accepted)
const duplicates = results.flatMap((result) => result.duplicates)
process.stdout.write(JSON.stringify({ sent: sent.length, accepted, duplicates: duplicates.length }))
