import { readFile } from 'node:fs/promises'
import { createAuditKeys } from './audit-keys.ts'
import { readHeads } from './read-heads.ts'
import { readFileLines } from './read-lines.ts'
import { type AuditReport, verifyAudit } from './verify-audit.ts'

/** Which files are verified. */
export interface VerifyFileOptions {
  readonly path: string
  /** Holds heads, one a line, also among other lines, as the log of a process has them. */
  readonly headPath?: string | undefined
  /** The key of the log: with it forged records are told too. */
  readonly key?: string | readonly string[] | undefined
}

/** What became of it. */
export interface FileReport extends AuditReport {
  /** How many heads it was compared with. */
  readonly heads: number
}

/** Verifies the audit log of a file. Rejects when a file cannot be read or the key is too short. */
export async function verifyAuditFile({ path, headPath, key }: VerifyFileOptions): Promise<FileReport> {
  const heads = headPath === undefined ? [] : readHeads(await readFile(headPath, 'utf8'))
  const { lines, torn } = readFileLines(path)
  const keys = key === undefined ? {} : { keys: createAuditKeys(key) }
  return { ...(await verifyAudit(lines, { heads, ...keys }, torn)), heads: heads.length }
}
