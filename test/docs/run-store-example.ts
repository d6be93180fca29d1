import type { ProfileReader, ProfileStore } from '../../packages/storage/src/index.ts'
import { runExample } from './run-example.ts'

const MODULES: { readonly [name: string]: () => Promise<unknown> } = {
  'node:fs': () => import('node:fs'),
  '@attune/storage/guard': () => import('../../packages/storage/src/guard.ts'),
  '@attune/storage/redis': () => import('../../packages/storage/src/redis.ts'),
  '@attune/storage/upstash': () => import('../../packages/storage/src/upstash.ts'),
  // Where the package that names it finds it.
  '@upstash/redis': () => import('../../packages/storage/node_modules/@upstash/redis/nodejs.mjs'),
}

/** What an example makes; not every one makes both. */
export interface StoreExample {
  readonly store?: ProfileStore
  readonly reader?: ProfileReader
}

/** Runs an example of the page on stores with an environment, and answers what it made. */
export function runStoreExample(
  text: string,
  env: { readonly [name: string]: string },
): Promise<StoreExample> {
  return runExample(text, { modules: MODULES, env })
}
