import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { stateFolder } from '../paths.mjs'
import { run } from '../processes.mjs'
import { Trouble } from '../trouble.mjs'

// Without a network the answer should be known in seconds, not in minutes.
const PATIENCE = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--prefer-offline']

/**
 * Fetches one package's tarball by npm into `folder`, which must be empty; its dependencies stay where they are.
 * Resolves to the tarball's path once its digest is the pinned one; throws a Trouble otherwise.
 */
export async function npmPack({ spec, integrity }, folder) {
  mkdirSync(folder, { recursive: true })
  const log = join(stateFolder, 'logs', 'wordpress-fetch.log')
  const { code, missing } = await run('npm', ['pack', spec, '--pack-destination', folder, ...PATIENCE], {
    log,
  })
  if (missing)
    throw new Trouble('npm was not found.', { cure: 'Install Node.js with npm: https://nodejs.org' })
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (code !== 0 || name === undefined) {
    const cure = 'Check the network and the npm registry (npm ping), then try again.'
    throw new Trouble(`npm could not fetch ${spec}.`, { log, cure })
  }
  const found = await digestOf(join(folder, name))
  if (found === integrity) return join(folder, name)
  throw new Trouble(`${spec} is not what it was when this was written: ${found} instead of ${integrity}.`, {
    cure: 'Clear the npm cache (npm cache clean --force), check the registry, then try again.',
  })
}

async function digestOf(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return `sha512-${hash.digest('base64')}`
}
