import { isObject } from '@attune/core'
import type { AuditHead } from './audit-record.ts'

const HEX = /^[\da-f]{64}$/

/** A head as a line of text says it. */
export function headLine({ seq, hash }: AuditHead): string {
  return JSON.stringify({ seq, hash })
}

/** Reads heads from text, one a line; other lines, as a log of a process has them, and a torn last one are left out. */
export function readHeads(text: string): readonly AuditHead[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf('{"seq":')
    const head = at === -1 ? undefined : parseHead(line.slice(at))
    return head === undefined ? [] : [head]
  })
}

function parseHead(text: string): AuditHead | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!isObject(value)) return undefined
    const { seq, hash } = value
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return undefined
    return typeof hash === 'string' && HEX.test(hash) ? { seq, hash } : undefined
  } catch {
    return undefined
  }
}
