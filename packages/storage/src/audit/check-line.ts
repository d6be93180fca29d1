import { isObject } from '@attune/core'
import type { AuditKeys } from './audit-keys.ts'
import type { AuditHead } from './audit-record.ts'
import { hashOf } from './seal-entry.ts'

/** What is wrong with a log, and where. */
export interface AuditProblem {
  /** Counted from 1; 0 when it is the log as a whole. */
  readonly line: number
  readonly code: 'no-record' | 'altered' | 'gap' | 'chain' | 'forged' | 'torn' | 'cut' | 'head'
  /** One sentence. */
  readonly message: string
}

/** A line that was looked at: where the chain stands after it. */
export interface CheckedLine {
  readonly head: AuditHead
  readonly problems: readonly AuditProblem[]
}

interface Parts {
  readonly seq: number
  readonly prev: string
  readonly key: string
  readonly mac: string
  readonly hash: string
}

const HEX = /^[\da-f]{64}$/
// The two last members, as they are always written.
const END = /,"mac":"([\da-f]{64})","hash":"([\da-f]{64})"\}$/

/**
 * Looks at the line that should follow `before`: that it is as it was written, that nothing is missing before it, and with `keys` that
 * whoever wrote it had one of them.
 */
export function checkLine(text: string, line: number, before: AuditHead, keys?: AuditKeys): CheckedLine {
  const parts = readParts(text)
  if (parts === undefined) {
    const message = 'This is no record of an audit log.'
    // What comes after is judged as if it had been the record that is due.
    return {
      head: { seq: before.seq + 1, hash: '' },
      problems: [{ line, code: 'no-record', message }],
    }
  }
  const { seq, prev, key, mac, hash } = parts
  const problems: AuditProblem[] = []
  const signed = text.slice(0, text.length - `,"hash":"${hash}"}`.length)
  if (hashOf(signed) !== hash) {
    problems.push({ line, code: 'altered', message: `Record ${seq} is not as it was written.` })
  }
  if (seq !== before.seq + 1) {
    problems.push({
      line,
      code: 'gap',
      message: `Record ${before.seq + 1} should stand here, and ${seq} does.`,
    })
  } else if (before.hash !== '' && prev !== before.hash) {
    problems.push({ line, code: 'chain', message: `Record ${seq} was not written after the one before it.` })
  }
  const isSigned = keys?.verify(signed.slice(0, signed.length - `,"mac":"${mac}"`.length), mac, key)
  if (keys !== undefined && isSigned !== true) {
    const why = isSigned === undefined ? `names the key ${key}, which was not given` : 'has a false signature'
    problems.push({ line, code: 'forged', message: `Record ${seq} ${why}.` })
  }
  return { head: { seq, hash }, problems }
}

function readParts(text: string): Parts | undefined {
  const [, mac, hash] = END.exec(text) ?? []
  if (mac === undefined || hash === undefined) return undefined
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(record)) return undefined
  const { seq, prev, key } = record
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return undefined
  if (typeof prev !== 'string' || !HEX.test(prev) || typeof key !== 'string') return undefined
  return { seq, prev, key: key.slice(0, 8), mac, hash }
}
