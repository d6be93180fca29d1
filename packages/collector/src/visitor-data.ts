import type { EraseResult, VisitorMerging, VisitorRecord, VisitorRights } from '@attune/storage'
import type { ConsentLog, ConsentRow } from '@attune/storage/consent'

/** Everywhere that something is kept of visitors. */
export interface VisitorDataSource {
  readonly store: VisitorRights & Partial<Pick<VisitorMerging, 'absorbedBy'>>
  /** Proof of what they answered; default none is kept. With `absorbedBy` also of what was answered in a browser before somebody signed in there. */
  readonly log?: (Pick<ConsentLog, 'read'> & Partial<Pick<ConsentLog, 'absorbedBy' | 'letGo'>>) | undefined
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
  const proofs = await readProofs(source, [visitor, ...(await mergedInto(source, visitor))])
  const consent = proofs.map(({ id: _id, pseudonym: _name, ...proof }) => proof)
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
  // Afterwards the store does not know any more.
  const merged = await mergedInto(source, visitor)
  // Before the store, which has its files written anew.
  await source.log?.letGo?.([visitor, ...merged].flatMap(source.pseudonyms))
  const erased = await source.store.erase(visitor, now)
  return { ...erased, proofs: (await readProofs(source, [visitor, ...merged])).length }
}

// By their ids, or where the store has keys at rest by these: then the log alone knows under which names their rows are.
async function mergedInto({ store, log }: VisitorDataSource, visitor: string): Promise<readonly string[]> {
  return log === undefined ? [] : ((await store.absorbedBy?.(visitor)) ?? [])
}

async function readProofs(
  { log, pseudonyms }: VisitorDataSource,
  visitors: readonly string[],
): Promise<readonly ConsentRow[]> {
  const rows: ConsentRow[] = []
  if (log === undefined) return rows
  const own = visitors.flatMap(pseudonyms)
  const names = [...own, ...((await log.absorbedBy?.(own)) ?? [])]
  for (;;) {
    const page = await log.read({ pseudonyms: names, after: rows.at(-1)?.id ?? 0 })
    if (page.length === 0) return rows
    rows.push(...page)
  }
}
