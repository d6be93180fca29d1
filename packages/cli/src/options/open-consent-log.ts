import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import type { ConsentLog } from '@attune/storage/consent'
import { type Call, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { DEFAULT_DATA } from './open-store.ts'

/** The file of the log of consent in a data folder; the same name everywhere, so that programs find each other's. */
export const CONSENT_DATABASE = 'consent.db'

/** Where the log of consent lies: the data folder, also where profiles are kept in a Redis. */
export function consentFolder(call: Call, env: Io['env']): string {
  return textOption(call, 'data') ?? (env.ATTUNE_DATA || DEFAULT_DATA)
}

/** A log of consent, and how it stands. */
export interface OpenedConsentLog extends ConsentLog {
  /** Why its file could not be opened when it was last tried, and the cure; `undefined` while it could. */
  readonly trouble: () => string | undefined
}

/**
 * Opens the log of consent of a data folder when it is first asked: a site that proves nothing gets no file. What cannot be opened is
 * tried again at the next question, which rejects.
 */
export function openConsentLog(folder: string): OpenedConsentLog {
  let opening: Promise<ConsentLog> | undefined
  const path = join(folder, CONSENT_DATABASE)
  let trouble: string | undefined
  const opened = (): Promise<ConsentLog> => {
    opening ??= openFile(path).then(
      (log) => {
        trouble = undefined
        return log
      },
      (error: Error) => {
        opening = undefined
        trouble = error.message
        throw error
      },
    )
    return opening
  }
  // Without an answer there is nothing to be found, and no file is made for it.
  const isThere = (): boolean => opening !== undefined || existsSync(path)
  return {
    append: async (change, isOther) => (await opened()).append(change, isOther),
    read: async (query) => (await opened()).read(query),
    last: async (pseudonyms) => (isThere() ? (await opened()).last(pseudonyms) : undefined),
    absorb: async (from, into, at) => {
      if (isThere()) await (await opened()).absorb(from, into, at)
    },
    absorbedBy: async (pseudonyms) => (isThere() ? (await opened()).absorbedBy(pseudonyms) : []),
    sweep: async (before) => (isThere() ? (await opened()).sweep(before) : 0),
    letGo: async (pseudonyms) => {
      if (isThere()) await (await opened()).letGo(pseudonyms)
    },
    letGoAfter: async (id, limit) => (isThere() ? (await opened()).letGoAfter(id, limit) : []),
    erase: async (pseudonyms) => (await opened()).erase(pseudonyms),
    close: async () => (await opening)?.close(),
    trouble: () => trouble,
  }
}

async function openFile(path: string): Promise<ConsentLog> {
  if (!isBuiltin('node:sqlite'))
    throw new Error(`Node ${process.versions.node} has no SQLite. Use Node 24, or 22.13 and later.`)
  try {
    // Only now, because a Node without SQLite can serve from a Redis.
    const { createSqliteConsentLog } = await import('@attune/storage/consent-sqlite')
    return createSqliteConsentLog({ path })
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    throw new Error(
      `The proofs of consent, ${path}, cannot be opened: ${why}. Look at the file and its rights, or set ATTUNE_DATA to a folder that this user may write to.`,
    )
  }
}
