import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeEvent, NOON } from '../../src/contract/builders.ts'
import { describeEventQueue } from '../../src/contract.ts'
import { createKafkaQueue, type KafkaQueueOptions } from '../../src/kafka-queue.ts'
import type { EventQueue, QueueConsumer, QueueEntry } from '../../src/queue/event-queue.ts'
import type { KafkaMessage } from '../../src/queue/kafka-module.ts'
import { createOffsetLine } from '../../src/queue/offset-line.ts'
import { StoreBusyError } from '../../src/store-error.ts'
import { type FakeKafka, fakeKafka } from './fake-kafka.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const PARTITIONS = 3
const open = (fake: FakeKafka, options: Partial<KafkaQueueOptions> = {}): EventQueue =>
  createKafkaQueue({ brokers: ['broker:9092'], topic: 'events', kafka: fake.module, ...options })

describeEventQueue('kafka queue, on a model of its client', async () => {
  const fake = fakeKafka(8)
  return {
    queue: open(fake),
    open: async () => open(fake),
    tellsNoAge: true,
    cannotErase: 'a message stays until its topic lets go of it; workers leave it out',
    cannotReplay: 'messages are put back with the tools of Kafka',
  }
})

const push = (queue: EventQueue, visitor: string, id: string) =>
  queue.push({ visitor, events: [makeEvent(id)], received: NOON })

async function takeSome(consumer: QueueConsumer, count: number): Promise<readonly QueueEntry[]> {
  const taken: QueueEntry[] = []
  await expect
    .poll(async () => {
      taken.push(...(await consumer.take({ most: count - taken.length, wait: 5 })))
      return taken.length
    })
    .toBe(count)
  return taken
}

test('clients are made so that an acknowledged message is kept by all replicas in sync, once', async () => {
  const fake = fakeKafka(PARTITIONS)
  const queue = open(fake, { group: 'shop', timeout: 700, client: { tls: { rejectUnauthorized: true } } })
  onTestFinished(() => queue.close())
  await push(queue, 'v', 'a')
  await takeSome(queue.consume(), 1)
  const common = {
    clientId: 'attune',
    bootstrapBrokers: ['broker:9092'],
    timeout: 700,
    connectTimeout: 700,
    tls: { rejectUnauthorized: true },
  }
  expect(fake.producers).toEqual([{ ...common, serializers: {}, acks: -1, idempotent: true }])
  expect(fake.consumers).toEqual([{ ...common, groupId: 'shop', deserializers: {}, autocommit: false }])
})

test('a send that fails or is not answered is told as trouble that passes', async () => {
  const fake = fakeKafka(PARTITIONS)
  const queue = open(fake, { timeout: 20 })
  onTestFinished(() => queue.close())
  fake.send = 'refused'
  await expect(push(queue, 'v', 'a')).rejects.toThrow(
    new StoreBusyError('[storage] kafka: send failed: no leader'),
  )
  const silent = open(fake, {
    timeout: 20,
    kafka: {
      ...fake.module,
      Producer: class {
        send = () => new Promise<never>(() => {})
        close = async () => {}
      },
    },
  })
  onTestFinished(() => silent.close())
  await expect(push(silent, 'v', 'a')).rejects.toThrow('[storage] kafka: no answer to send within 20 ms.')
})

test('what is set aside lies in a topic of its own, with the reason', async () => {
  const fake = fakeKafka(PARTITIONS)
  const queue = open(fake)
  onTestFinished(() => queue.close())
  await push(queue, 'v', 'a')
  const consumer = queue.consume()
  const [entry] = await takeSome(consumer, 1)
  await consumer.setAside(entry!, 'RangeError')
  expect(fake.messages('events-aside').flat()).toEqual([
    { ...fake.messages('events').flat()[0], topic: 'events-aside', headers: { reason: 'RangeError' } },
  ])
  await expect(queue.replay()).rejects.toThrow(/Copy the messages of the topic events-aside to events/)
})

test('a message that is none of ours is set aside, and the others come', async () => {
  const fake = fakeKafka(1)
  const queue = open(fake)
  onTestFinished(() => queue.close())
  const producer = new fake.module.Producer({
    clientId: '',
    bootstrapBrokers: [],
    timeout: 0,
    connectTimeout: 0,
    serializers: {},
    acks: -1,
    idempotent: true,
  })
  await producer.send({ messages: [{ topic: 'events', key: '', value: '{"foreign":true}' }] })
  await push(queue, 'v', 'a')
  const consumer = queue.consume()
  await consumer.done(await takeSome(consumer, 1))
  await expect.poll(() => queue.waiting()).toEqual({ entries: 0, oldest: null, setAside: 1 })
})

test('without brokers the cure is told', () => {
  expect(() => createKafkaQueue({ brokers: [], topic: 'x' })).toThrow('`brokers` and `topic` are needed.')
})

test('a line commits up to the first message that is not finished, in whatever order they are', () => {
  const line = createOffsetLine()
  const message = (offset: number): KafkaMessage => ({
    value: '',
    partition: 0,
    offset: BigInt(offset),
    commit: () => {},
  })
  expect([0, 1, 2, 5].map((offset) => line.add(message(offset)))).toEqual([true, true, true, true])
  expect(line.add(message(1))).toBe(false)
  expect(line.finish(1n)).toBeUndefined()
  expect(line.finish(5n)).toBeUndefined()
  expect(line.finish(0n)?.offset).toBe(1n)
  expect(line.finish(2n)?.offset).toBe(5n)
  expect(line.finish(2n)).toBeUndefined()
})

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ take: fc.nat(2), most: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ finish: fc.nat(2), which: fc.integer({ min: 1, max: 63 }) }) },
  { weight: 1, arbitrary: fc.record({ aside: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ join: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ leave: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ trouble: fc.constantFrom('twice', 'unanswered', 'refused', 'commit', 'break') }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('whatever is lost, repeated or shared out anew, no message is passed over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
      const fake = fakeKafka(PARTITIONS)
      const queue = open(fake)
      const run = startModel(fake, queue)
      await run.step({ join: true })
      for (const one of steps) await run.step(one)
      await run.drain()
      await queue.close()
      expect(run.lost()).toEqual([])
    }),
    { numRuns: 150, endOnFailure: true },
  )
}, 60_000)

function startModel(fake: FakeKafka, queue: EventQueue) {
  const acknowledged = new Set<string>()
  // By partition and offset.
  const finished = new Set<string>()
  const ids = new Set<string>()
  const passed: string[] = []
  let hands: { readonly consumer: QueueConsumer; held: QueueEntry[] }[] = []
  let pushes = 0
  fake.onCommit = (partition, offset) => {
    for (let at = 0n; at < offset; at++) {
      if (!finished.has(`${partition}:${at}`)) passed.push(`${partition}:${at}`)
    }
  }
  const join = () => hands.push({ consumer: queue.consume(), held: [] })
  const end = async (hand: (typeof hands)[number], entries: readonly QueueEntry[], isAside: boolean) => {
    hand.held = hand.held.filter((entry) => !entries.includes(entry))
    for (const { partition, id, events } of entries) {
      finished.add(`${partition}:${id}`)
      for (const event of events) ids.add(event.id)
    }
    if (!isAside) return hand.consumer.done(entries).catch(() => {})
    for (const entry of entries)
      await hand.consumer.setAside(entry, 'poison').catch(() => hand.held.push(entry))
  }
  const take = async (hand: (typeof hands)[number], most: number) => {
    hand.held.push(...(await hand.consumer.take({ most, wait: 2 })))
  }

  return {
    lost: () => [...passed, ...[...acknowledged].filter((id) => !ids.has(id))],
    step: async (one: Step) => {
      const hand = hands[Number(Object.values(one)[0]) % Math.max(1, hands.length)]
      if ('push' in one) {
        const id = `e${pushes++}`
        await push(queue, `v${one.push}`, id).then(
          () => acknowledged.add(id),
          () => {},
        )
      } else if ('join' in one) join()
      else if ('trouble' in one) {
        if (one.trouble === 'break') fake.breakStreams()
        else if (one.trouble === 'commit') fake.refuseCommits++
        else fake.send = one.trouble
      } else if (hand === undefined) return
      else if ('take' in one) await take(hand, one.most)
      else if ('finish' in one)
        await end(
          hand,
          hand.held.filter((_, at) => (one.which >> at) % 2 === 1),
          false,
        )
      else if ('aside' in one) await end(hand, hand.held.slice(0, 1), true)
      else {
        hands = hands.filter((other) => other !== hand)
        await hand.consumer.close()
      }
    },
    drain: async () => {
      fake.send = 'once'
      fake.refuseCommits = 0
      if (hands.length === 0) join()
      await expect
        .poll(
          async () => {
            for (const hand of hands) {
              await take(hand, 100)
              await end(hand, hand.held, false)
            }
            return (await queue.waiting()).entries
          },
          { timeout: 20_000, interval: 1 },
        )
        .toBe(0)
    },
  }
}

test('the package that it is written for has what it asks of it', async () => {
  const client = await import('@platformatic/kafka')
  expect(client.ProduceAcks.ALL).toBe(-1)
  expect(client.ListOffsetTimestamps.EARLIEST).toBe(-2n)
  const consumer = new client.Consumer({
    clientId: 'attune',
    groupId: 'attune',
    bootstrapBrokers: ['127.0.0.1:1'],
    autocommit: false,
    deserializers: client.stringDeserializers,
  })
  expect(consumer.assignments).toBeNull()
  for (const verb of ['consume', 'listOffsets', 'listCommittedOffsets', 'close'] as const) {
    expect(consumer[verb]).toBeTypeOf('function')
  }
  await consumer.close(true)
})

test('a broker that cannot be reached is told as trouble that passes, by the real client', async () => {
  const queue = createKafkaQueue({
    brokers: ['127.0.0.1:1'],
    topic: 'events',
    timeout: 300,
    client: { retries: 0 },
  })
  await expect(push(queue, 'v', 'a')).rejects.toThrow(StoreBusyError)
  await queue.close()
}, 20_000)
