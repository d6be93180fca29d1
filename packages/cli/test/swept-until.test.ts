import type { IntakeStore } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test, vi } from 'vitest'
import { sweptUntil } from '../src/serve/swept-until.ts'

const RETENTION = { events: 864_000_000, profiles: 864_000_000 }

test('a store is swept until the process stops, and answers everything else after that too', async () => {
  const sweep = vi.fn<IntakeStore['sweep']>(async () => ({ events: 2, profiles: 1 }))
  let isOver = false
  const store = sweptUntil({ ...createMemoryStore(), sweep }, () => isOver)
  expect(await store.sweep(0, RETENTION)).toEqual({ events: 2, profiles: 1 })
  isOver = true
  expect(await store.sweep(1, RETENTION)).toEqual({ events: 0, profiles: 0 })
  expect(sweep.mock.calls).toEqual([[0, RETENTION]])
  expect(await store.rejectedCounts()).toEqual({})
})
