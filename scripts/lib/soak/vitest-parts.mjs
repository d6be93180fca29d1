import { existsSync } from 'node:fs'
import { buildPackages, buildShop } from '../build.mjs'
import { below } from '../paths.mjs'
import { step } from '../progress.mjs'
import { shopEnv } from '../secret.mjs'
import { Trouble } from '../trouble.mjs'
import { runVitest } from '../vitest.mjs'
import { number } from './progress-bar.mjs'

const TWIN = 'packages/wordpress/test/twin/chance.test.ts'
const HOSTILE = 'packages/core/test/hostile'
const ERASE = [
  'erase-kills',
  'erase-redis-kills',
  'erase-model',
  'merge-model',
  'sqlite-merge-kills',
  'merge-scheduled',
  'merge-both-ways',
  'rekey',
  'redis-rekey-kills',
]
const TRANSPORTS = 'test/faults/hostile-transports.test.ts'

/** PHP answers what TypeScript does; the test says which PHP it was. */
export async function soakTwin({ twin, from }) {
  process.stdout.write(`— PHP beside TypeScript: ${number(twin)} cases from seed ${from}\n`)
  const env = { ATTUNE_TWIN_CASES: String(twin), ATTUNE_TWIN_SEED: String(from) }
  const { failed, passed } = await runVitest('unit', [TWIN], { env })
  if (failed > 0 || passed === 0) throw new Trouble('PHP and TypeScript differ; the lines above say where.')
}

export async function soakHostile(options) {
  process.stdout.write('— hostile documents and events\n')
  if (!existsSync(below(HOSTILE))) throw new Trouble(`There is no ${HOSTILE}.`)
  const { failed, passed } = await runVitest('unit', [HOSTILE], { env: { ATTUNE_SOAK: '1' } })
  if (failed > 0) throw new Trouble(`${failed} of the hostile tests failed.`)
  process.stdout.write(`  ${passed} tests passed\n`)
  await soakFaults(options, 'a million hostile inputs by HTTP, beacon, pixel and socket', [TRANSPORTS])
}

/**
 * 1,000 erasures that are killed, 100,000 sequences of whatever may race with one, 50,000 of merges, and moves to a newer key that are killed: 200 in SQLite, 200
 * and one at each step in Redis.
 */
export async function soakErase() {
  process.stdout.write('— erasures and merges that are killed and raced with\n')
  const files = ERASE.map((name) => `packages/storage/test/${name}.test.ts`)
  const { failed, passed } = await runVitest('unit', files, { env: { ATTUNE_SOAK: '1' } })
  if (failed > 0 || passed === 0) throw new Trouble(`${failed} of the tests of erasing and merging failed.`)
  process.stdout.write(`  ${passed} tests passed\n`)
}

/** Every scenario of the fault suite, rougher: 100 kills, whole storms, goodput under overload. */
export const soakScenarios = (options) =>
  soakFaults(options, 'fault scenarios', [
    'test/faults/scenarios.test.ts',
    'test/faults/kill-collector.test.ts',
  ])

/** A million pages with one dependency dead. */
export async function soakPages(options) {
  await step('Building the packages', buildPackages)
  await step('Building the demo shop', () => buildShop(shopEnv()))
  const files = ['test/faults/pages.test.ts', 'test/faults/shop-pages.test.ts']
  await soakFaults(options, 'pages with a dead dependency', files)
}

/** nginx and Varnish before the built shop: tens of thousands of mutations, and codes that are forged. */
export async function soakCacheGrid(options) {
  await step('Building the packages', buildPackages)
  await step('Building the demo shop', () => buildShop(shopEnv()))
  await soakFaults(options, 'the cache grid', ['test/faults/cache-grid'])
}

async function soakFaults({ seed }, what, files) {
  await step('Building the packages', buildPackages)
  process.stdout.write(`— ${what}, seed ${seed}\n`)
  const begun = performance.now()
  const seeds = { ATTUNE_SEED: String(seed), ATTUNE_GRID_SEED: String(seed) }
  const env = { ...shopEnv(), ATTUNE_SOAK: '1', ...seeds }
  const { failed, passed, skipped } = await runVitest('e2e', files, { env })
  const seconds = Math.round((performance.now() - begun) / 1000)
  process.stdout.write(`  ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s\n`)
  if (failed > 0)
    throw new Trouble(`${failed} failed; the lines above say which.`, { cure: `Replay with --seed ${seed}.` })
}
