import type { AuditKeys } from './audit-keys.ts'
import { type AuditHead, NO_RECORD } from './audit-record.ts'
import { type AuditProblem, checkLine } from './check-line.ts'

/** What a log is compared with. */
export interface VerifyOptions {
  /** Heads that were kept elsewhere, in any order: without one a log that was cut at its end looks whole. */
  readonly heads?: readonly AuditHead[]
  /** Tell forged records too; whether the chain is whole needs no secret. */
  readonly keys?: AuditKeys
}

/** What became of a verification. */
export interface AuditReport {
  /** Lines that were read. */
  readonly records: number
  readonly head: AuditHead
  /** In the order of the log; the first 100. */
  readonly problems: readonly AuditProblem[]
}

const MOST_PROBLEMS = 100

/** Verifies a log, line by line; a last line without an end is passed as `torn`. */
export async function verifyAudit(
  lines: Iterable<string> | AsyncIterable<string>,
  { heads = [], keys }: VerifyOptions = {},
  torn: () => string = () => '',
): Promise<AuditReport> {
  const problems: AuditProblem[] = []
  const expected = new Map<number, Set<string>>()
  for (const { seq, hash } of heads) expected.set(seq, (expected.get(seq) ?? new Set()).add(hash))
  let head = NO_RECORD
  let records = 0
  for await (const text of lines) {
    records++
    const checked = checkLine(text, records, head, keys)
    head = checked.head
    problems.push(...checked.problems)
    for (const hash of expected.get(head.seq) ?? []) {
      if (hash === head.hash) continue
      const message = `Record ${head.seq} is another than when its head was published.`
      problems.push({ line: records, code: 'head', message })
    }
    if (problems.length > MOST_PROBLEMS) break
  }
  if (problems.length <= MOST_PROBLEMS) problems.push(...problemsAtEnd(head, heads, torn()))
  return { records, head, problems: problems.slice(0, MOST_PROBLEMS) }
}

function problemsAtEnd(head: AuditHead, heads: readonly AuditHead[], torn: string): readonly AuditProblem[] {
  const last = Math.max(0, ...heads.map(({ seq }) => seq))
  const isCut = last > head.seq
  const cut = `The log ends at record ${head.seq}, and ${last} was published: its end was cut off.`
  const tornLine = `The last line has ${torn.length} bytes and no end: it was never acknowledged, and is repaired when the log is next opened.`
  return [
    ...(torn === '' ? [] : [{ line: 0, code: 'torn', message: tornLine } as const]),
    ...(isCut ? [{ line: 0, code: 'cut', message: cut } as const] : []),
  ]
}
