// A process of its own: plants a canary, says so, erases it and says so, and then waits to be killed.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    const [, name, entry = 'index'] = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../../${name}/src/${entry}.ts`, import.meta.url).href, context)
  },
})
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
