import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from './paths.mjs'

const SECRET_BYTES = 32

/** The secret that signs tokens and codes: ATTUNE_SECRET, else one made at the first start and kept for its owner only. */
export function readSecret() {
  if (process.env.ATTUNE_SECRET) return process.env.ATTUNE_SECRET
  mkdirSync(stateFolder, { recursive: true })
  chmodSync(stateFolder, 0o700)
  const file = join(stateFolder, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600 })
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}

/** What the demo shop reads from its environment, at build and at run time. */
export function shopEnv() {
  return { ATTUNE_SECRET: readSecret(), ATTUNE_DATA: process.env.ATTUNE_DATA || join(stateFolder, 'data') }
}
