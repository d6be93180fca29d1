import type { AuditEntry } from '@attune/storage/audit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRefusalRecorder } from '../../src/serve/record-refusals.ts'

const MINUTE = 60_000
const EDITOR = { name: 'newsroom', role: 'editor' } as const

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open() {
  const records: AuditEntry[] = []
  const state = { isBroken: false }
  const errors: unknown[] = []
  const recorder = createRefusalRecorder({
    record: async (entry) => {
      if (state.isBroken) throw new Error('the disk is full')
      records.push(entry)
    },
    onError: (error) => errors.push(error),
  })
  return { ...recorder, records, state, errors, counts: () => records.map(({ counts }) => counts) }
}

test('the first refusal is written before it is answered: who, in which role, where, and nothing else', async () => {
  const { note, records } = open()
  await note('/attune/officer/export', EDITOR)
  await note('/attune/live/events')
  const refused = { action: 'access.refuse', outcome: 'refused' }
  expect(records).toEqual([
    { ...refused, actor: 'newsroom', role: 'editor', counts: { 'attune.officer.export': 1 } },
    { ...refused, actor: 'nobody', counts: { 'attune.live.events': 1 } },
  ])
})

test('of a flood there is one record a minute, route and caller, which counts all of it', async () => {
  const { note, records } = open()
  for (let minute = 0; minute < 10; minute++) {
    for (let time = 0; time < 1_000; time++) {
      await note('/attune/officer/export')
      await note('/attune/officer/export', EDITOR)
    }
    await vi.advanceTimersByTimeAsync(MINUTE)
  }
  for (const name of ['nobody', 'newsroom']) {
    const own = records
      .filter(({ actor }) => actor === name)
      .map(({ counts }) => counts?.['attune.officer.export'])
    expect(own).toEqual([1, 999, ...Array.from({ length: 9 }, () => 1_000)])
  }
})

test('after a quiet minute the next one is written at once', async () => {
  const { note, counts } = open()
  await note('/a')
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  await note('/a')
  expect(counts()).toEqual([{ a: 1 }, { a: 1 }])
})

test('what comes while a record is on its way waits for it', async () => {
  const order: string[] = []
  let isWritten = () => {}
  const { note } = createRefusalRecorder({
    record: () => new Promise((resolve) => (isWritten = resolve)),
    onError: () => {},
  })
  const both = [note('/a').then(() => order.push('first')), note('/a').then(() => order.push('second'))]
  await Promise.resolve()
  order.push('written')
  isWritten()
  await Promise.all(both)
  expect(order).toEqual(['written', 'first', 'second'])
})

test('what cannot be written rejects, and is counted with the first that can', async () => {
  const { note, state, counts } = open()
  state.isBroken = true
  for (let time = 0; time < 3; time++) await expect(note('/a')).rejects.toThrow('the disk is full')
  state.isBroken = false
  await note('/a')
  expect(counts()).toEqual([{ a: 4 }])
})

test('what was counted and cannot be written a minute later is told, and written with the next', async () => {
  const { note, state, counts, errors } = open()
  await note('/a')
  await note('/a')
  state.isBroken = true
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(errors).toHaveLength(1)
  await expect(note('/a')).rejects.toThrow('the disk is full')
  state.isBroken = false
  await note('/a')
  expect(counts()).toEqual([{ a: 1 }, { a: 3 }])
})

test('when it is closed nothing that was counted is lost, and no timer is left', async () => {
  const { note, close, counts } = open()
  for (let time = 0; time < 5; time++) await note('/a')
  await close()
  expect([counts(), vi.getTimerCount()]).toEqual([[{ a: 1 }, { a: 4 }], 0])
})
