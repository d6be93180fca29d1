import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type SharedAnswers, shareAnswers } from '@attune/storage/consent'
import { CONSENT_DATABASE, type OpenedConsentLog } from './open-consent-log.ts'
import { openRedisAnswers, type RedisPlace } from './open-redis.ts'

/** Beside the log: its name, by which the store knows which of its rows were told. */
export const NAME_FILE = 'consent.name'
const NAME = /^([\da-f-]{36}) (.*)$/

/** A log of consent as one machine of several has it. */
export interface SharedConsent {
  readonly log: OpenedConsentLog
  /** What was answered at whichever machine; missing where there is but one. */
  readonly shared?: SharedAnswers | undefined
  /** Has told what the others lack, also after an older state of theirs was put back; missing where there are none. */
  readonly catchUp?: (() => void) | undefined
}

/** Where a log lies, and where the other machines find what is answered here. */
export interface ConsentPlace {
  readonly folder: string
  /** Without it there are no others. */
  readonly redis: RedisPlace | undefined
}

/** Lets the machines that share a Redis know what is answered here, and what was answered here before they could. */
export function shareConsent(
  log: OpenedConsentLog,
  { folder, redis }: ConsentPlace,
  onError: (error: unknown) => void,
): SharedConsent {
  if (redis === undefined) return { log }
  const answers = openRedisAnswers(redis)
  const machine = () => nameOfLog(join(folder, NAME_FILE))
  const shared = shareAnswers(log, { answers, machine, onError })
  // A site that proves nothing gets no file.
  const catchUp = (): void => {
    if (existsSync(join(folder, CONSENT_DATABASE))) shared.catchUp()
  }
  return { log: { ...shared, trouble: log.trouble }, shared: answers, catchUp }
}

/** The name of the log in a folder, which is made up when it is first asked for, and once more on another machine: a disk may have been copied. */
export async function nameOfLog(path: string, host: string = hostname()): Promise<string> {
  try {
    // Of two processes that make one up at once, one finds that of the other.
    await writeFile(path, `${randomUUID()} ${host}`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const [, name, owner] = NAME.exec(await readFile(path, 'utf8')) ?? []
  if (name === undefined) {
    throw new Error(
      `${path} does not name a log of consent. Delete it: another name is made up, and all answers are told anew.`,
    )
  }
  if (owner === host) return name
  const own = randomUUID()
  await writeFile(`${path}.${own}`, `${own} ${host}`, { mode: 0o600 })
  await rename(`${path}.${own}`, path)
  return own
}
