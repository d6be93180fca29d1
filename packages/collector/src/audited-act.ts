import type { AuditEntry, Audited } from '@attune/storage/audit'

/** What is written down of who did what to whose data. */
export type ActEntry = Omit<AuditEntry, 'outcome' | 'counts'>

/** Does something only after it was written down, and answers only after its outcome was. */
export type AuditedAct = <Value>(entry: ActEntry, act: () => Promise<Audited<Value>>) => Promise<Value>

/** Does it, and writes nothing down. */
export const unwritten: AuditedAct = async (_, act) => (await act()).value
