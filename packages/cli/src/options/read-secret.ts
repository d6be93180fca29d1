import { liveSecrets, MIN_SECRET } from '@attune/core'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/** The secret from ATTUNE_SECRET, or several with commas between; `undefined` when it is not set. @throws CannotRun when one is too short. */
export function readSecret(env: Io['env']): string | undefined {
  return read(env, 'ATTUNE_SECRET')
}

/** The same from ATTUNE_SERVER_SECRET, with which servers sign their events. @throws CannotRun also when it is the one that signs cookies. */
export function readServerSecret(env: Io['env']): string | undefined {
  const secret = read(env, 'ATTUNE_SERVER_SECRET')
  const own = liveSecrets(env.ATTUNE_SECRET ?? '')
  if (secret === undefined || !liveSecrets(secret).some((one) => own.includes(one))) return secret
  throw new CannotRun(
    'ATTUNE_SERVER_SECRET is also in ATTUNE_SECRET. Make one of its own: who sends events need not sign cookies.',
  )
}

function read(env: Io['env'], name: string): string | undefined {
  const secret = env[name]
  if (secret === undefined || secret === '') return undefined
  const secrets = liveSecrets(secret)
  const at = secrets.findIndex(({ length }) => length < MIN_SECRET)
  const { length } = secrets[at] ?? secret
  if (at < 0) return secret
  const which = secrets.length === 1 ? name : `${name} names ${secrets.length} secrets, and number ${at + 1}`
  if (length === 0) throw new CannotRun(`${which} is empty. Take away the comma that nothing stands beside.`)
  throw new CannotRun(
    `${which} has ${length} characters. Use at least ${MIN_SECRET}, for example from \`openssl rand -base64 33\`.`,
  )
}

/** The secret from ATTUNE_SECRET. @throws CannotRun, saying what it is needed for, when there is none. */
export function requireSecret(env: Io['env'], purpose: string): string {
  const secret = readSecret(env)
  if (secret !== undefined) return secret
  throw new CannotRun(
    `ATTUNE_SECRET is not set. Set it to ${purpose}: the same text of at least ${MIN_SECRET} characters that the site runs with.`,
  )
}
