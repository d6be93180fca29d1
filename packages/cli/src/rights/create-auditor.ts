import type { AuditedAct } from '@attune/collector'
import { liveSecrets } from '@attune/core'
import { audited, openAuditFile } from '@attune/storage/audit'

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

// Milliseconds: another program that writes down what it did is done by then.
const PATIENCE = 10_000

/**
 * Creates what does something only after it was written down, and answers only after its outcome was. The log is open no longer than for one
 * of them, so that programs can take turns.
 */
export function createAuditor({ key, ...place }: AuditPlace): AuditedAct {
  let last: Promise<unknown> = Promise.resolve()
  return (entry, act) => {
    const done = last.then(async () => {
      const log = await openAuditFile({ ...place, key: liveSecrets(key), wait: PATIENCE })
      try {
        return await audited(log, entry, act)
      } finally {
        await log.close()
      }
    })
    last = done.catch(() => {})
    return done
  }
}
