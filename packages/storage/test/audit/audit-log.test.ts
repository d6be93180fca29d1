import { expect, test, vi } from 'vitest'
import { createAuditKeys } from '../../src/audit/audit-keys.ts'
import { AuditWriteError, createAuditLog } from '../../src/audit/audit-log.ts'
import { audited } from '../../src/audit/audited.ts'
import { verifyAudit } from '../../src/audit/verify-audit.ts'
import { KEY, makeEntry, makeSink } from './make-log.ts'

const keys = createAuditKeys(KEY)
const ASKED = {
  action: 'profile.export',
  actor: 'desk-1',
  role: 'privacy-officer',
  subject: 'visitor-4711',
} as const
const makeLog = () => {
  const sink = makeSink()
  return { sink, log: createAuditLog({ sink, keys, clock: () => 1.8e12 }) }
}
const full = new Error('ENOSPC: no space left on device')

test('records that are asked for at once stand one after another, without a gap', async () => {
  const { sink, log } = makeLog()
  await Promise.all(Array.from({ length: 50 }, (_, index) => log.record(makeEntry(index))))
  const report = await verifyAudit(sink.lines, { keys, heads: [log.head()] })
  expect([report.records, report.problems]).toEqual([50, []])
})

test('a visitor is named by a pseudonym, the same each time, that nobody without the key can make', async () => {
  const { sink, log } = makeLog()
  await log.record({ ...ASKED, outcome: 'asked' })
  await log.record({ ...ASKED, outcome: 'done' })
  expect(sink.lines.join()).not.toContain('4711')
  const [first, second] = sink.lines.map((line) => JSON.parse(line).subject)
  expect(first).toBe(second)
  expect(first).toMatch(/^[\w-]{22}$/)
  expect(first).not.toBe(createAuditKeys(`${KEY} of another site`).pseudonym('visitor-4711'))
  expect(sink.lines.join()).not.toContain(KEY)
})

test.each([
  [{ actor: 'jane@example.com' }],
  [{ actor: '' }],
  [{ role: 'two words' }],
  [{ counts: { 'jane doe': 1 } }],
  [{ counts: { events: 1.5 } }],
])('what could hold more than names and counts is not written: %j', async (more) => {
  const { sink, log } = makeLog()
  await expect(log.record({ ...ASKED, outcome: 'asked', ...more })).rejects.toThrow(TypeError)
  expect(sink.lines).toEqual([])
})

test('an action begins when it was written down, and its answer leaves when the outcome was', async () => {
  const { sink, log } = makeLog()
  const act = vi.fn(async () => {
    expect(sink.lines.map((line) => JSON.parse(line).outcome)).toEqual(['asked'])
    return { value: 'the export', counts: { events: 3 } }
  })
  expect(await audited(log, ASKED, act)).toBe('the export')
  expect(sink.lines.map((line) => JSON.parse(line))).toMatchObject([
    { outcome: 'asked' },
    { outcome: 'done', counts: { events: 3 } },
  ])
})

test('what cannot be written down is not done', async () => {
  const { sink, log } = makeLog()
  sink.refuse(full)
  const act = vi.fn(async () => ({ value: 'the export' }))
  await expect(audited(log, ASKED, act)).rejects.toThrow('so nothing is done')
  expect(act).not.toHaveBeenCalled()
})

test('no answer leaves when its outcome cannot be written down', async () => {
  const { sink, log } = makeLog()
  const act = async () => {
    sink.refuse(full)
    return { value: 'the export' }
  }
  const answer = audited(log, ASKED, act)
  await expect(answer).rejects.toThrow(AuditWriteError)
  await expect(answer).rejects.toThrow('but what it tells of is done')
  sink.refuse(undefined)
  await log.record({ ...ASKED, outcome: 'asked' })
  const report = await verifyAudit(sink.lines, { keys, heads: [log.head()] })
  expect([report.records, report.problems]).toEqual([2, []])
})

test('a failure is written down and passed on', async () => {
  const { sink, log } = makeLog()
  const act = () => Promise.reject(new Error('no such visitor'))
  await expect(audited(log, ASKED, act)).rejects.toThrow('no such visitor')
  expect(sink.lines.map((line) => JSON.parse(line).outcome)).toEqual(['asked', 'failed'])
})

test('a head that cannot be published refuses too', async () => {
  const publish = () => Promise.reject(full)
  const log = createAuditLog({ sink: makeSink(), keys, publish })
  await expect(log.record(makeEntry(0))).rejects.toThrow(AuditWriteError)
})

test('a closed log takes nothing', async () => {
  const { log } = makeLog()
  await log.close()
  await expect(log.record(makeEntry(0))).rejects.toThrow('closed')
})

test('a key that is too short is refused, with the cure', () => {
  expect(() => createAuditKeys('short')).toThrow(/`key` has 5 characters\. Use at least 32/)
})
