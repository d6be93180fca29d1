import type { ProfileStore } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test } from 'vitest'
import { pause } from '../support/fault-time.ts'
import { type StoreRow, storeScenario } from './scenarios/play-store-row.ts'

// Whether the scenarios would notice. Each store breaks its promise while its row lasts.
interface Stage {
  readonly store: ProfileStore
  readonly direct: ProfileStore
  isStruck: boolean
}

const row: StoreRow<Stage> = {
  name: 'a store that lies',
  strike: (stage) => {
    stage.isStruck = true
  },
  heal: (stage) => {
    stage.isStruck = false
  },
  answer: 'kept',
  within: 1_000,
}

function play(lie: (batch: Parameters<ProfileStore['append']>[0], store: ProfileStore) => Promise<unknown>) {
  const direct = createMemoryStore()
  const store: ProfileStore = {
    ...direct,
    append: async (batch) => {
      if (stage.isStruck) await lie(batch, direct)
      const kept = stage.isStruck && lie === forget ? createMemoryStore() : direct
      return kept.append(batch)
    },
  }
  const stage: Stage = { store, direct, isStruck: false }
  return storeScenario(row, async () => stage).play()
}

const forget = async (): Promise<void> => {}
// In turns of a timer, as deadlines are counted: a busy machine takes longer for each of them.
const takeTime = async (): Promise<void> => {
  for (let turn = 0; turn < 1_200; turn++) await pause(1)
}

test('a store that acknowledges and forgets is found out', async () => {
  const { answer, count } = await play(forget)
  answer()
  expect(count).toThrow(/unaccounted/)
})

test('a store that keeps an event under two ids is found out', async () => {
  const { answer, count } = await play(async (batch, store) => {
    const events = batch.events.map((event) => ({ ...event, id: `${event.id}-again` }))
    await store.append({ ...batch, events })
  })
  answer()
  expect(count).toThrow(/unaccounted/)
})

test('a store that takes its time is found out', async () => {
  const { deadline } = await play(takeTime)
  expect(deadline).toThrow(/1000/)
})

test('a store that answers nobody is found out', async () => {
  const { answer } = await play(() => Promise.reject(new Error('no')))
  expect(answer).toThrow(/later/)
})
