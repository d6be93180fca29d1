import { createMemoryStore } from '@attune/storage/memory'
import { createMemoryQueue, createQueuedStore } from '@attune/storage/queue'
import { describe, expect, test } from 'vitest'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  NOW,
  readAnswer,
  VISITOR,
  visitorCookie,
} from './builders.ts'

describe.each(['at once', 'by workers'])('a visitor who was erased, folded %s', (how) => {
  const open = () => {
    const inner = createMemoryStore()
    return how === 'at once' ? inner : createQueuedStore({ queue: createMemoryQueue(), store: inner })
  }
  const request = (events: readonly unknown[]) =>
    makeRequest({
      body: makeBatch(events),
      cookies: { attune_visitor: visitorCookie(), attune_token: 'any', attune_pin: 'any' },
    })

  test('is refused with a reason, and every cookie that would recognise them is taken away', async () => {
    const store = open()
    const collector = makeCollector({ store })
    await collector.handle(request([makeEvent('a')]))
    await store.erase(VISITOR, NOW)
    const response = await collector.handle(request([makeEvent('b'), makeEvent('c', { name: 'unknown' })]))
    expect(response.status).toBe(200)
    expect(await readAnswer(response)).toMatchObject({
      accepted: 0,
      duplicates: 0,
      rejected: [
        { id: 'b', index: 0, reason: 'erased' },
        { id: 'c', index: 1, reason: 'unknown-event' },
      ],
    })
    const cookies = response.headers.getSetCookie()
    const [gone, ...taken] = cookies.toReversed()
    expect(taken.length).toBe(3)
    for (const cookie of taken) expect(cookie).toMatch(/Max-Age=0/i)
    // Read by the page, which forgets what the browser keeps itself.
    expect(gone).toMatch(new RegExp(`^attune_gone=${NOW}; Path=/; SameSite=Lax; Max-Age=34560000`))
    expect(await store.exportVisitor(VISITOR)).toBeNull()
    expect(await store.rejectedCounts()).toEqual({})
  })

  test('leaves nothing behind of a batch that was refused as a whole', async () => {
    const store = open()
    const collector = makeCollector({ store })
    await collector.handle(request([makeEvent('a')]))
    await collector.handle(request(Array.from({ length: 51 }, (_, at) => makeEvent(`canary ${at}`))))
    await store.erase(VISITOR, NOW)
    expect(await store.listRejected?.({ after: 0, most: 9 })).toEqual([])
  })

  test('comes back as somebody new', async () => {
    const store = open()
    const collector = makeCollector({ store, randomBytes: (count) => new Uint8Array(count).fill(7) })
    await store.erase(VISITOR, NOW)
    const response = await collector.handle(
      makeRequest({ body: makeBatch([makeEvent('d')]), cookies: { attune_visitor: '' } }),
    )
    expect(await readAnswer(response)).toMatchObject({ accepted: 1 })
  })
})
