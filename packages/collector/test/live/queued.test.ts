import type { IntakeStore } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { createMemoryQueue, createQueuedStore } from '@attune/storage/queue'
import { expect, test } from 'vitest'
import { noteAskedPlacements } from '../../src/asked-placements.ts'
import { createRenewal } from '../../src/renewal.ts'
import {
  COMPILED,
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  NOW,
  RULESET,
  readAnswer,
  SECRET,
  setCookies,
  tokenProfile,
  VISITOR,
} from '../builders.ts'

const EVENT = makeEvent('a')

/** Two processes before one queue and one store that nothing is folded into by itself. */
function makeTwo() {
  const inner = createMemoryStore()
  const queue = createMemoryQueue({ partitions: 1 })
  const process = (): IntakeStore => createQueuedStore({ queue, store: inner })
  return {
    first: process(),
    second: process(),
    fold: () => inner.append({ visitor: VISITOR, events: [EVENT], plan: COMPILED.plan }),
  }
}

/** Sends a batch as a page with a live placement does over its socket. */
async function hear(store: IntakeStore) {
  const request = makeRequest({ body: makeBatch([EVENT]) })
  noteAskedPlacements(request, { placements: ['hero'], page: 'https://shop.example/' })
  return readAnswer(await makeCollector({ store }).handle(request))
}

async function renew(store: IntakeStore, upTo: string | undefined, pause: () => Promise<unknown>) {
  const waits: number[] = []
  const renewal = createRenewal({
    ruleset: RULESET,
    secret: SECRET,
    store,
    clock: () => NOW,
    pause: (milliseconds) => {
      waits.push(milliseconds)
      return pause()
    },
  })
  const response = await renewal.handle(
    makeRequest({ url: 'https://shop.example/attune/socket', body: { upTo } }),
  )
  return { response, waits }
}

const knows = (response: Response) => tokenProfile(response)?.last?.seconds === EVENT.time / 1000
const nothing = async () => {}

test('what waits in a queue is decided by at once, and the process that queued it sets a token that knows it', async () => {
  const { first } = makeTwo()
  const { decisions, upTo } = await hear(first)
  expect(decisions).toEqual({ hero: 'hiking' })
  const { response, waits } = await renew(first, upTo, nothing)
  expect([response.status, waits, knows(response)]).toEqual([200, [], true])
})

test('a page hears what it shows also when the store took longer than answers by HTTP wait', async () => {
  const inner = createMemoryStore()
  const asked: unknown[] = []
  const late = {
    ...inner,
    // The first question is never answered.
    rehearse: (batch: Parameters<typeof inner.rehearse>[0]) =>
      asked.push(batch) === 1 ? new Promise<never>(() => {}) : inner.rehearse(batch),
  }
  const queue = createMemoryQueue({ partitions: 1 })
  const heard: unknown[] = []
  const store = createQueuedStore({ queue, store: late, deadline: 0, onError: (error) => heard.push(error) })
  expect((await hear(store)).decisions).toEqual({ hero: 'hiking' })
  expect([asked.length, heard.length]).toEqual([2, 1])
})

test('another process waits for the fold', async () => {
  const { first, second, fold } = makeTwo()
  const { upTo } = await hear(first)
  const { response, waits } = await renew(second, upTo, fold)
  expect([response.status, waits, knows(response)]).toEqual([200, [20], true])
})

test('and does not set a token that lacks it: the page sends the batch again, whose answer knows it', async () => {
  const { first, second } = makeTwo()
  const { upTo } = await hear(first)
  const { response, waits } = await renew(second, upTo, nothing)
  expect([response.status, setCookies(response), waits]).toEqual([503, {}, [20, 40, 80, 160]])
  const again = await makeCollector({ store: second }).handle(makeRequest({ body: makeBatch([EVENT]) }))
  expect(knows(again)).toBe(true)
})

test.each([undefined, '', 'x', '1', '7.!', '1.a', `${'9'.repeat(20)}.a`])(
  'what is no mark, or an older one, is not waited for: %j',
  async (upTo) => {
    const { second, fold } = makeTwo()
    await fold()
    expect((await renew(second, upTo, nothing)).waits).toEqual([])
  },
)
