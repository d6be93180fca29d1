import type { EraseResult, VisitorRecord, VisitorRights } from '@attune/storage'
import type { ConsentLog, ConsentRow } from '@attune/storage/consent'

/** Everywhere that something is kept of visitors. */
export interface VisitorDataSource {
  readonly store: VisitorRights
  /** Proof of what they answered; default none is kept. */
  readonly log?: Pick<ConsentLog, 'read'> | undefined
  /** Under which names a visitor's rows of it are. */
  readonly pseudonyms: (visitor: string) => readonly string[]
}

/** Everything that is kept of a visitor, as they get it. */
export interface VisitorDocument extends VisitorRecord {
  readonly version: 1
  /** When, milliseconds since 1970. */
  readonly exported: number
  /** What they answered when they were asked what they allow, the oldest first. */
  readonly consent: readonly ConsentProof[]
}

/** One answer. */
export type ConsentProof = Omit<ConsentRow, 'id' | 'pseudonym'>

/** What was erased. Nothing in it is about the visitor. */
export interface ErasureReceipt extends EraseResult {
  /** Proofs of consent that stay: they are owed (GDPR, Art. 7(1) and 17(3)), and name nobody without the secret and the erased id. */
  readonly proofs: number
}

/** Collects what is kept of a visitor; `null` of one nobody has heard of. */
export async function exportVisitorData(
  source: VisitorDataSource,
  visitor: string,
  now: number,
): Promise<VisitorDocument | null> {
  const record = await source.store.exportVisitor(visitor)
  const consent = (await readProofs(source, visitor)).map(({ id: _id, pseudonym: _name, ...proof }) => proof)
  if (record === null && consent.length === 0) return null
  const kept = record ?? { visitor, profile: null, base: null, events: [], rejected: [] }
  return { version: 1, exported: now, ...kept, consent }
}

/** Erases a visitor, and counts the proofs that stay. */
export async function eraseVisitorData(
  source: VisitorDataSource,
  visitor: string,
  now: number,
): Promise<ErasureReceipt> {
  const erased = await source.store.erase(visitor, now)
  return { ...erased, proofs: (await readProofs(source, visitor)).length }
}

async function readProofs(
  { log, pseudonyms }: VisitorDataSource,
  visitor: string,
): Promise<readonly ConsentRow[]> {
  const rows: ConsentRow[] = []
  if (log === undefined) return rows
  const names = pseudonyms(visitor)
  for (;;) {
    const page = await log.read({ pseudonyms: names, after: rows.at(-1)?.id ?? 0 })
    if (page.length === 0) return rows
    rows.push(...page)
  }
}
