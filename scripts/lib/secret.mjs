import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from './paths.mjs'

const SECRET_BYTES = 32
// Behind a secret: whoever is kept under the id of their cookie is still found.
const PLAIN = ',plain'

/** The secret that signs tokens and codes: ATTUNE_SECRET, else one made at the first start and kept for its owner only. */
export function readSecret(folder = stateFolder) {
  return process.env.ATTUNE_SECRET || readOwn(folder, 'secret', newSecret)
}

/**
 * The secret under whose HMACs the shop keeps visitors: ATTUNE_KEYS_AT_REST, else one made at the first start. An earlier version kept
 * them under their ids; so may whoever filled a data folder that was named from outside.
 */
export function readKeysAtRest(data, folder = stateFolder) {
  if (process.env.ATTUNE_KEYS_AT_REST) return process.env.ATTUNE_KEYS_AT_REST
  const hasProfiles = existsSync(join(data, 'attune.db'))
  const keys = readOwn(folder, 'keys-at-rest', () => newSecret() + (hasProfiles ? PLAIN : ''))
  return process.env.ATTUNE_DATA && !keys.endsWith(PLAIN) ? keys + PLAIN : keys
}

/** What the demo shop reads from its environment, at build and at run time. */
export function shopEnv() {
  return { ATTUNE_SECRET: readSecret(), ATTUNE_DATA: process.env.ATTUNE_DATA || join(stateFolder, 'data') }
}

/** The same for the shop that `npm start` serves. */
export function demoEnv() {
  const env = shopEnv()
  return { ...env, ATTUNE_KEYS_AT_REST: readKeysAtRest(env.ATTUNE_DATA) }
}

function newSecret() {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What a file of the folder holds, for its owner only; made when it is first asked for. */
function readOwn(folder, name, make) {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  const file = join(folder, name)
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 })
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}
