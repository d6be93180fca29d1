// A process of its own: moves everybody of a file to a newest secret, says after each step how many, and then waits to be killed.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    const [, name, entry = 'index'] = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../../${name}/src/${entry}.ts`, import.meta.url).href, context)
  },
})
const { createVisitorKeys } = await import('../../src/pseudonyms.ts')
const { rekeySqlite } = await import('../../src/sqlite-keys.ts')

const [, , path = '', secret = ''] = process.argv
process.stdout.write('begun\n')
rekeySqlite({ path, keys: createVisitorKeys([secret, 'plain']), now: 0 })
process.stdout.write('done\n')
setInterval(() => {}, 60_000)
