import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pnpm } from '../../scripts/lib/toolchain.mjs'

/**
 * Installs the peers of a folder of `bench` when they are not, or when the lockfile is another. They are no part of the workspace: who
 * does not run these benchmarks does not pay for them.
 */
export async function installPeers(folder = 'rules') {
  const here = (file) => fileURLToPath(new URL(`../${folder}/${file}`, import.meta.url))
  const lock = createHash('sha256')
    .update(readFileSync(here('pnpm-lock.yaml')))
    .digest('hex')
  const stamp = here('node_modules/.attune-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log(`installing the peers in bench/${folder}`)
  const { code } = await pnpm(['install', '--ignore-workspace', '--frozen-lockfile'], {
    cwd: here('.'),
    log: here('../../.attune/logs/install-peers.log'),
    env: { ...process.env, CI: 'true' },
  })
  if (code !== 0) throw new Error('The peers were not installed; .attune/logs/install-peers.log says why.')
  writeFileSync(stamp, lock)
}
