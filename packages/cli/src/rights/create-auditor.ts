import type { AuditedAct } from '@attune/collector'
import { liveSecrets } from '@attune/core'
import { type AuditEntry, type AuditLog, audited, openAuditFile } from '@attune/storage/audit'

/** Where what is done is written down. */
export interface AuditPlace {
  readonly path: string
  /** Where the heads of the log go. */
  readonly headPath: string
  /** Signs the records; of several with commas between the newest first. */
  readonly key: string
  /** Hears what a crash left and what was done about it. */
  readonly onRepair: (message: string) => void
}

/** Writes down what a program does. */
export interface Auditor {
  /** Does something only after it was written down, and answers only after its outcome was. */
  readonly act: AuditedAct
  /** Writes down what was not done. */
  record(entry: AuditEntry): Promise<void>
}

// Milliseconds: another program that writes down what it did is done by then.
const PATIENCE = 10_000

/** Creates it. The log is open no longer than for one action or record, so that programs can take turns. */
export function createAuditor({ key, ...place }: AuditPlace): Auditor {
  let last: Promise<unknown> = Promise.resolve()
  const using = <Value>(use: (log: AuditLog) => Promise<Value>): Promise<Value> => {
    const done = last.then(async () => {
      const log = await openAuditFile({ ...place, key: liveSecrets(key), wait: PATIENCE })
      try {
        return await use(log)
      } finally {
        await log.close()
      }
    })
    last = done.catch(() => {})
    return done
  }
  return {
    act: (entry, act) => using((log) => audited(log, entry, act)),
    record: (entry) => using(async (log) => void (await log.record(entry))),
  }
}
