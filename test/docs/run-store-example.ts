import type { ProfileReader, ProfileStore } from '../../packages/storage/src/index.ts'

const MODULES: { readonly [name: string]: () => Promise<unknown> } = {
  '@attune/storage/guard': () => import('../../packages/storage/src/guard.ts'),
  '@attune/storage/redis': () => import('../../packages/storage/src/redis.ts'),
  '@attune/storage/upstash': () => import('../../packages/storage/src/upstash.ts'),
  // Where the package that names it finds it.
  '@upstash/redis': () => import('../../packages/storage/node_modules/@upstash/redis/nodejs.mjs'),
}
const IMPORT = /^import (\{.*\}) from '(.*)'$/gm

/** What an example makes; not every one makes both. */
export interface StoreExample {
  readonly store?: ProfileStore
  readonly reader?: ProfileReader
}

/** Runs an example of the page on stores with an environment, and answers what it made. */
export async function runStoreExample(
  text: string,
  env: { readonly [name: string]: string },
): Promise<StoreExample> {
  const body = text.replace(
    IMPORT,
    (_, names: string, module: string) => `const ${names} = await load('${module}')`,
  )
  const made = ['store', 'reader'].filter((name) => new RegExp(`^const ${name} = `, 'm').test(text))
  // Our own page, and the only way to run what it says.
  const run = new Function('load', 'process', `return (async () => { ${body}\nreturn { ${made.join()} } })()`)
  return run((name: string) => MODULES[name]!(), { env })
}
