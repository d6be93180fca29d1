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

/**
 * Opens the log of consent of a data folder when it is first asked: a site that proves nothing gets no file. What cannot be opened is
 * tried again at the next question, which rejects.
 */
export function openConsentLog(folder: string): ConsentLog {
  let opening: Promise<ConsentLog> | undefined
  const opened = (): Promise<ConsentLog> => {
    opening ??= openFile(folder).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    append: async (change) => (await opened()).append(change),
    read: async (query) => (await opened()).read(query),
    sweep: async (before) => (await opened()).sweep(before),
    erase: async (pseudonyms) => (await opened()).erase(pseudonyms),
    close: async () => (await opening)?.close(),
  }
}

// Only now, because a Node without SQLite can serve from a Redis.
async function openFile(folder: string): Promise<ConsentLog> {
  const { createSqliteConsentLog } = await import('@attune/storage/consent-sqlite')
  return createSqliteConsentLog({ path: join(folder, CONSENT_DATABASE) })
}
