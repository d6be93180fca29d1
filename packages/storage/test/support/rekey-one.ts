// A process of its own: moves everybody of a file to a newest secret, says after each step how many, and then waits to be killed.
import './from-source.ts'

const { createVisitorKeys } = await import('../../src/pseudonyms.ts')
const { rekeySqlite } = await import('../../src/sqlite-keys.ts')

const [, , path = '', secret = ''] = process.argv
process.stdout.write('begun\n')
rekeySqlite({ path, keys: createVisitorKeys([secret, 'plain']), now: 0 })
process.stdout.write('done\n')
setInterval(() => {}, 60_000)
