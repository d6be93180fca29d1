import { StoreBusyError } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { createMemoryQueue, createQueuedStore, type EventQueue } from '@attune/storage/queue'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Collector } from '../src/index.ts'
import { makeBatch, makeCollector, makeEvent, makeRequest, pinCookie, readAnswer } from './builders.ts'

describe('events that wait in a queue while the store is away', () => {
  const inner = createMemoryStore()
  let queue: EventQueue
  let collector: Collector
  let heard: unknown[]
  beforeEach(() => {
    const away = () => Promise.reject(new StoreBusyError('down'))
    queue = createMemoryQueue({ partitions: 1 })
    heard = []
    collector = makeCollector({
      store: createQueuedStore({
        queue,
        store: { ...inner, load: away, rehearse: away, reject: away },
      }),
      onError: (_, step) => heard.push(step),
    })
  })
  const send = (events: readonly unknown[], cookies: { readonly [name: string]: string } = {}) =>
    collector.handle(makeRequest({ body: makeBatch(events), cookies }))
  const waiting = async () => (await queue.waiting()).entries
  const exposure = makeEvent('b', { name: 'exposure', properties: { placement: 'hero', variant: 'hiking' } })

  test('are acknowledged, and what is refused beside them is told as refused', async () => {
    const response = await send([makeEvent('a'), makeEvent('b', { name: 'unknown' })])
    expect(response.status).toBe(200)
    const rejected = [{ id: 'b', index: 1, reason: 'unknown-event' }]
    expect(await readAnswer(response)).toMatchObject({ accepted: 1, duplicates: 0, rejected })
    expect(await waiting()).toBe(1)
  })

  test('are refused as ever when none of them may be kept', async () => {
    const answer = await readAnswer(await send([makeEvent('b', { name: 'unknown' })]))
    expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason: 'unknown-event' }] })
  })

  test('are acknowledged with exposures of what the session is pinned to', async () => {
    const response = await send([makeEvent('a'), exposure], { attune_pin: pinCookie({ hero: 'hiking' }) })
    expect((await readAnswer(response)).accepted).toBe(2)
    expect(await waiting()).toBe(1)
  })

  test('come again when an exposure has to be looked up in the profile', async () => {
    const response = await send([exposure])
    expect(response.status).toBe(503)
    expect(heard).toEqual(['append'])
    expect(await waiting()).toBe(0)
  })
})
