import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventQueue, QueueConsumer, QueueEntry } from '../queue/event-queue.ts'
import { makeEvent, makeEvents, NOON } from './builders.ts'

/** A fresh, empty queue. */
export interface QueueSubject {
  readonly queue: EventQueue
  /** Opens the same queue as another process would; missing for queues of one process. */
  readonly open?: () => Promise<EventQueue>
  /** Why it cannot put back what was set aside, when it cannot. */
  readonly cannotReplay?: string
  /** Why it cannot remove what waits of one visitor, when it cannot. */
  readonly cannotErase?: string
  /** It cannot tell since when the oldest waits. */
  readonly tellsNoAge?: true
  /** Cleans up after the test; the queue is closed by then. */
  readonly dispose?: () => Promise<void>
}

const VISITORS = Array.from({ length: 40 }, (_, at) => `visitor-${at}`)
// Workers share partitions out in their own time.
const PATIENCE = { timeout: 15_000, interval: 20 }

/** Describes what every event queue must do; a driver's test calls it with a way to create an empty one. */
export function describeEventQueue(name: string, create: () => Promise<QueueSubject>): void {
  describe(name, () => {
    let subject: QueueSubject
    let opened: EventQueue[]
    let queue: EventQueue
    beforeEach(async () => {
      subject = await create()
      queue = subject.queue
      opened = []
    })
    afterEach(async () => {
      for (const one of [...opened, queue]) await one.close()
      await subject.dispose?.()
    })

    const another = async (): Promise<EventQueue> => {
      const one = (await subject.open?.()) ?? queue
      if (one !== queue) opened.push(one)
      return one
    }
    const push = (visitor: string, ...ids: readonly string[]) =>
      queue.push({ visitor, events: ids.map((id) => makeEvent(id)), received: NOON })

    test('what was pushed is taken as it was, by the visitor in the order of pushing', async () => {
      const events = makeEvents(40)
      for (const [at, event] of events.entries()) {
        await queue.push({ visitor: `v${at % 3}`, events: [event], received: NOON + at })
      }
      const taken = await takeCount(queue.consume(), 40)
      for (const [rest, visitor] of ['v0', 'v1', 'v2'].entries()) {
        const own = taken.filter((entry) => entry.visitor === visitor)
        expect(own.flatMap((entry) => entry.events)).toEqual(events.filter((_, at) => at % 3 === rest))
        expect(own.map(({ received }) => received)).toEqual(
          events.map((_, at) => NOON + at).filter((_, at) => at % 3 === rest),
        )
        expect(new Set(own.map(({ partition }) => partition)).size).toBe(1)
      }
    })

    test('visitors, ids and values may be any text', async () => {
      const texts = ['__proto__', '"\\', 'ü😀', 'a\u0000b', '{a}:*', ' ']
      for (const text of texts) {
        const event = makeEvent(text, 0, { properties: { item_id: text, [text]: text } })
        await queue.push({ visitor: text, events: [event], received: NOON })
      }
      const taken = await takeCount(queue.consume(), texts.length)
      expect(taken.map(({ visitor }) => visitor).sort()).toEqual([...texts].sort())
      for (const { visitor, events } of taken) {
        expect(events).toEqual([
          makeEvent(visitor, 0, { properties: { item_id: visitor, [visitor]: visitor } }),
        ])
      }
    })

    test('what are no events is refused, and nothing of it waits', async () => {
      const circle: { [key: string]: unknown } = {}
      circle.self = circle
      const bad = [makeEvent('good'), makeEvent('bad', 0, { properties: circle })]
      await expect(queue.push({ visitor: 'v', events: bad, received: NOON })).rejects.toThrow(TypeError)
      await push('v', 'b')
      const taken = await takeCount(queue.consume(), 1)
      expect(taken.map(({ events }) => events.map(({ id }) => id))).toEqual([['b']])
    })

    test('an entry is given out once, and is gone when it is done', async () => {
      for (const visitor of VISITORS) await push(visitor, 'a')
      const consumer = queue.consume()
      const taken = await takeCount(consumer, VISITORS.length)
      expect(await consumer.take({ most: 100, wait: 50 })).toEqual([])
      await consumer.done(taken)
      await consumer.close()
      await push('v', 'b')
      const left = await takeCount(queue.consume(), 1)
      expect(left.map(({ visitor }) => visitor)).toEqual(['v'])
    })

    test('what is given back keeps nobody from being taken, and is taken again', async () => {
      for (let at = 0; at < 30; at++) await push('v', `a${at}`)
      const consumer = queue.consume()
      const times = new Map<string, number>()
      await expect
        .poll(async () => {
          const taken = await consumer.take({ most: 4, wait: 20 })
          for (const { events } of taken) times.set(events[0]!.id, (times.get(events[0]!.id) ?? 0) + 1)
          consumer.giveBack(taken)
          return times.size === 30 && [...times.values()].every((time) => time > 1)
        }, PATIENCE)
        .toBe(true)
      const taken = await takeCount(consumer, 30)
      expect(new Set(taken.flatMap(({ events }) => events.map(({ id }) => id))).size).toBe(30)
      await consumer.done(taken)
      expect(await consumer.take({ most: 10, wait: 50 })).toEqual([])
    })

    test('no more is taken than was asked for', async () => {
      for (const visitor of VISITORS) await push(visitor, 'a')
      const consumer = queue.consume()
      const seen = new Set<string>()
      await expect
        .poll(async () => {
          const taken = await consumer.take({ most: 7, wait: 50 })
          expect(taken.length).toBeLessThanOrEqual(7)
          for (const { visitor } of taken) seen.add(visitor)
          return seen.size
        }, PATIENCE)
        .toBe(VISITORS.length)
    })

    test('what a consumer took and did not finish is given to another', async () => {
      for (const visitor of VISITORS) await push(visitor, 'a')
      const first = queue.consume()
      const taken = await takeCount(first, VISITORS.length)
      await first.done(taken.slice(0, 30))
      await first.close()
      const again = await takeCount((await another()).consume(), 10)
      expect(again.map(({ visitor }) => visitor).sort()).toEqual(
        taken
          .slice(30)
          .map(({ visitor }) => visitor)
          .sort(),
      )
    })

    test('two consumers share the partitions, and both get entries', async () => {
      const [one, two] = [queue.consume(), (await another()).consume()]
      await settle([one, two])
      for (const visitor of VISITORS) await push(visitor, 'a')
      const taken: QueueEntry[][] = [[], []]
      await expect
        .poll(async () => {
          for (const [at, consumer] of [one, two].entries()) {
            const entries = await consumer.take({ most: 100, wait: 10 })
            taken[at]!.push(...entries)
          }
          return taken.flat().length
        }, PATIENCE)
        .toBe(VISITORS.length)
      expect(taken.map(({ length }) => length > 0)).toEqual([true, true])
      expect(new Set(taken.flat().map(({ visitor }) => visitor)).size).toBe(VISITORS.length)
    })

    test('what waits is counted, with the time of the oldest', async () => {
      const since = (received: number) => (subject.tellsNoAge ? null : received)
      expect(await queue.waiting()).toEqual({ entries: 0, oldest: null, setAside: 0 })
      await queue.push({ visitor: 'v', events: [makeEvent('a')], received: NOON + 3 })
      await queue.push({ visitor: 'w', events: [makeEvent('b')], received: NOON + 5 })
      expect(await queue.waiting()).toEqual({ entries: 2, oldest: since(NOON + 3), setAside: 0 })
      const consumer = queue.consume()
      const taken = await takeCount(consumer, 2)
      await consumer.done(taken.filter(({ visitor }) => visitor === 'v'))
      expect(await queue.waiting()).toEqual({ entries: 1, oldest: since(NOON + 5), setAside: 0 })
    })

    async function setAsideOne(consumer: QueueConsumer): Promise<QueueEntry> {
      await push('v', 'poison')
      await push('w', 'good')
      const poison = (await takeCount(consumer, 2)).find(({ visitor }) => visitor === 'v')!
      await consumer.setAside(poison, 'it does not fold')
      return poison
    }

    test('what is set aside waits no more, and is counted once', async () => {
      const consumer = queue.consume()
      await consumer.setAside(await setAsideOne(consumer), 'it does not fold')
      expect(await queue.waiting()).toMatchObject({ entries: 1, setAside: 1 })
      await consumer.close()
      expect((await takeCount(queue.consume(), 1)).map(({ visitor }) => visitor)).toEqual(['w'])
    })

    test('what is set aside may be put back', async (context) => {
      if (subject.cannotReplay !== undefined) return context.skip(subject.cannotReplay)
      const consumer = queue.consume()
      const poison = await setAsideOne(consumer)
      expect(await queue.replay()).toBe(1)
      expect(await queue.waiting()).toMatchObject({ entries: 2, setAside: 0 })
      const [again] = await takeCount(consumer, 1)
      expect(again).toMatchObject({ visitor: 'v', events: poison.events, received: NOON })
      expect(await queue.replay()).toBe(0)
    })

    test('what waits of an erased visitor and what was set aside is gone, and nothing else', async (context) => {
      if (subject.cannotErase !== undefined) return context.skip(subject.cannotErase)
      const consumer = queue.consume()
      await setAsideOne(consumer)
      for (const visitor of VISITORS) await push(visitor, 'a')
      await push('v', 'a', 'b')
      await push('v"', 'a')
      expect(await queue.erase('v')).toEqual({ queued: 3, leftovers: [] })
      expect(await queue.waiting()).toMatchObject({ entries: VISITORS.length + 2, setAside: 0 })
      expect(await queue.erase('v')).toEqual({ queued: 0, leftovers: [] })
      const taken = await takeCount(consumer, VISITORS.length + 1)
      expect(taken.map(({ visitor }) => visitor)).not.toContain('v')
      await push('v', 'later')
      expect(await takeCount(consumer, 1)).toMatchObject([{ visitor: 'v' }])
    })

    test('a closed queue takes nothing more, and may be closed again', async () => {
      await queue.close()
      await queue.close()
      await expect(push('v', 'a')).rejects.toThrow(/closed/)
      await expect(queue.waiting()).rejects.toThrow(/closed/)
    })
  })
}

async function settle(consumers: readonly QueueConsumer[]): Promise<void> {
  const shares = () => consumers.map((consumer) => consumer.partitions().length)
  await expect
    .poll(async () => {
      // A partition is given back between two questions.
      for (const consumer of consumers) await consumer.take({ most: 1, wait: 10 })
      const [one = 0, two = 0] = shares()
      return one > 0 && two > 0 && Math.abs(one - two) <= 1
    }, PATIENCE)
    .toBe(true)
}

async function takeCount(consumer: QueueConsumer, count: number): Promise<readonly QueueEntry[]> {
  const taken: QueueEntry[] = []
  await expect
    .poll(async () => {
      taken.push(...(await consumer.take({ most: count - taken.length, wait: 50 })))
      return taken.length
    }, PATIENCE)
    .toBe(count)
  return taken
}
