import { expect, test, vi } from 'vitest'
import { createAuditKeys } from '../../src/audit/audit-keys.ts'
import { type AuditHead, NO_RECORD } from '../../src/audit/audit-record.ts'
import { checkLine } from '../../src/audit/check-line.ts'
import { hashOf, sealEntry } from '../../src/audit/seal-entry.ts'
import { verifyAudit } from '../../src/audit/verify-audit.ts'
import { KEY, makeEntry, makeLog } from './make-log.ts'

// A busy machine takes long for so many records.
vi.setConfig({ testTimeout: 60_000 })

const COUNT = 10_000
const { lines, heads } = makeLog(COUNT)
const published = heads.at(-1)!

// The next lines are enough to see what a change at one place does; where they are the last, the published head is looked at too.
const NEXT = 3

/** Whether a log that was sound up to `at`, and goes on with `rest`, is found to be wrong, by the walk that verifies whole logs. */
function isFound(at: number, rest: readonly string[], isEnd = at + NEXT >= COUNT - 1): boolean {
  let head: AuditHead = at === 0 ? NO_RECORD : heads[at - 1]!
  for (const [index, text] of rest.entries()) {
    const checked = checkLine(text, at + index + 1, head)
    if (checked.problems.length > 0) return true
    head = checked.head
  }
  return isEnd && (head.seq < published.seq || head.hash !== published.hash)
}

const from = (at: number, ...changed: readonly string[]): readonly string[] => [
  ...changed,
  ...lines.slice(at + 1, at + 1 + NEXT),
]

test('what is as it was is not found', () => {
  for (let at = 0; at < COUNT; at += 97) expect(isFound(at, from(at, lines[at]!))).toBe(false)
  expect(isFound(COUNT - 1, [lines[COUNT - 1]!])).toBe(false)
})

test('a log of 10,000 records is whole', async () => {
  const keys = createAuditKeys(KEY)
  expect(await verifyAudit(lines, { heads: [published], keys })).toEqual({
    records: COUNT,
    head: published,
    problems: [],
  })
})

test('each flipped bit is found, in every record and at every kind of place', () => {
  const missed = lines.filter((line, at) => {
    // A place and a bit of its own for each record: all of a record's 600 places come up again and again.
    const place = (at * 7919) % line.length
    const flipped = String.fromCharCode(line.charCodeAt(place) ^ (1 << (at % 8)))
    return !isFound(
      at,
      from(at, ...(line.slice(0, place) + flipped + line.slice(place + 1)).split('\n')),
      true,
    )
  })
  expect(missed).toEqual([])
})

test('each bit of the first, a middle and the last record is found', () => {
  for (const at of [0, 5_000, COUNT - 1]) {
    const line = lines[at]!
    for (let bit = 0; bit < line.length * 8; bit++) {
      const place = bit >> 3
      const flipped = String.fromCharCode(line.charCodeAt(place) ^ (1 << (bit & 7)))
      const changed = line.slice(0, place) + flipped + line.slice(place + 1)
      expect(isFound(at, from(at, ...changed.split('\n'))), `bit ${bit} of record ${at + 1}`).toBe(true)
    }
  }
})

test('each record that is deleted, doubled, or changed places with the next is found', () => {
  for (let at = 0; at < COUNT; at++) {
    expect(isFound(at, from(at)), `delete ${at + 1}`).toBe(true)
    expect(isFound(at, from(at, lines[at]!, lines[at]!)), `double ${at + 1}`).toBe(true)
    if (at === COUNT - 1) continue
    const swapped = [lines[at + 1]!, lines[at]!, ...lines.slice(at + 2, at + 2 + NEXT)]
    expect(isFound(at, swapped), `swap ${at + 1}`).toBe(true)
  }
})

test('a record that somebody without the key puts in between is found', () => {
  for (let at = 0; at < COUNT; at++) {
    const before = at === 0 ? NO_RECORD : heads[at - 1]!
    const forged = sealEntry(makeEntry(at + 1), before, createAuditKeys(`${KEY}, or nearly`), 1.8e12).line
    expect(isFound(at, from(at, forged, lines[at]!))).toBe(true)
    // In the place of the record that stood there.
    expect(isFound(at, from(at, forged))).toBe(true)
  }
})

test('each cut is found by the head that was published, and is not without it', async () => {
  for (let left = 0; left < COUNT; left++) {
    expect(isFound(left, [], true), `cut after ${left}`).toBe(true)
  }
  const cut = lines.slice(0, -5)
  expect((await verifyAudit(cut)).problems).toEqual([])
  expect((await verifyAudit(cut, { heads })).problems).toEqual([
    {
      line: 0,
      code: 'cut',
      message: 'The log ends at record 9995, and 10000 was published: its end was cut off.',
    },
  ])
})

test('whoever writes the log anew from some record on, with all hashes right, is found by any later head or by the key', async () => {
  const forger = createAuditKeys(`${KEY}, or nearly`)
  const start = 9_000
  const written = lines.slice(0, start)
  let head = heads[start - 1]!
  for (let index = start; index < COUNT; index++) {
    const sealed = sealEntry(makeEntry(index), head, forger, 1.8e12 + index)
    written.push(sealed.line)
    head = sealed.head
  }
  expect((await verifyAudit(written)).problems).toEqual([])
  const byHead = await verifyAudit(written, { heads: [heads[start + 10]!] })
  expect(byHead.problems.map(({ line, code }) => [line, code])).toEqual([[9_011, 'head']])
  const byKey = await verifyAudit(written, { keys: createAuditKeys(KEY) })
  expect(byKey.problems[0]).toMatchObject({ line: 9_001, code: 'forged' })
})

test('a false signature under a right name of a key is found', async () => {
  const [line = ''] = lines
  const signed = line.replace(/"mac":"[\da-f]{64}","hash".*$/, `"mac":"${'0'.repeat(64)}"`)
  const forged = `${signed},"hash":"${hashOf(signed)}"}`
  expect((await verifyAudit([forged])).problems).toEqual([])
  expect((await verifyAudit([forged], { keys: createAuditKeys(KEY) })).problems).toEqual([
    { line: 1, code: 'forged', message: 'Record 1 has a false signature.' },
  ])
})

test('an older key still verifies after it was changed, and the log goes on with the new one', async () => {
  const [, newest] = ['x'.repeat(32), 'y'.repeat(32)]
  const keys = createAuditKeys([newest!, KEY])
  const { line } = sealEntry(makeEntry(1), heads[9]!, keys, 1.8e12)
  const problems = await verifyAudit([...lines.slice(0, 10), line], { keys })
  expect(problems.problems).toEqual([])
})
