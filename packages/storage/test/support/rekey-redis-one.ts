// A process of its own: moves everybody of a site in a Redis to a newest secret, says when it began and when it is done, and then waits to be killed.
import './from-source.ts'

const { createVisitorKeys } = await import('../../src/pseudonyms.ts')
const { rekeyRedis } = await import('../../src/redis-keys.ts')

const [, , url = '', site = '', secret = ''] = process.argv
process.stdout.write('begun\n')
await rekeyRedis({ url, site, keys: createVisitorKeys([secret, 'plain']), now: 0, timeout: 20_000 })
process.stdout.write('done\n')
setInterval(() => {}, 60_000)
