import { writeEntry } from '../queue/entry-text.ts'
import type { EventQueue, QueueConsumer } from '../queue/event-queue.ts'
import { createKafkaConsumer } from '../queue/kafka-consumer.ts'
import {
  importKafka,
  type KafkaConnection,
  type KafkaConsumer,
  type KafkaModule,
  type KafkaProducer,
} from '../queue/kafka-module.ts'
import { StoreBusyError } from '../store-error.ts'

export interface KafkaQueueOptions {
  /** Some of the brokers, as `host:port`. */
  readonly brokers: readonly string[]
  /** Holds the entries; made beforehand, with as many partitions as workers shall fold side by side. */
  readonly topic: string
  /** Holds what was set aside; made beforehand. Default the topic's name and `-aside`. */
  readonly aside?: string | undefined
  /** The workers' consumer group. Default `attune`. */
  readonly group?: string | undefined
  /** Milliseconds that connecting and each request may take. Default 5,000. */
  readonly timeout?: number | undefined
  /** More options for the client, such as `tls` and `sasl`. */
  readonly client?: { readonly [option: string]: unknown } | undefined
  /** The package `@platformatic/kafka`, loaded by the program; else it is loaded when the queue is first asked. */
  readonly kafka?: KafkaModule | undefined
  /** Hears of streams that ended and are opened again. */
  readonly onError?: ((error: unknown) => void) | undefined
}

const OLDEST = -2n

/**
 * Keeps entries in a topic of Kafka, through the package `@platformatic/kafka`. A push resolves when all replicas in sync
 * have the batch; its key is the visitor, so a visitor's events stay in one partition. An offset is committed after all
 * before it are folded. `waiting` cannot tell since when the oldest waits; `erase` removes nothing, workers leave out what is left; `replay` is done with Kafka's own tools.
 *
 * It was written against the client's code and tested against a model of it: it has not been run against a real broker yet.
 * @throws when brokers or topic are missing.
 */
export function createKafkaQueue(options: KafkaQueueOptions): EventQueue {
  const { brokers, topic, aside = `${topic}-aside`, group = 'attune', timeout = 5_000, client = {} } = options
  const { onError = () => {} } = options
  if (!Array.isArray(brokers) || brokers.length === 0 || !topic) {
    throw new Error(
      "[storage] createKafkaQueue: `brokers` and `topic` are needed. Name one broker and the topic: { brokers: ['host:9092'], topic: 'events' }.",
    )
  }
  const connection: KafkaConnection = {
    ...client,
    clientId: 'attune',
    bootstrapBrokers: [...brokers],
    timeout,
    connectTimeout: timeout,
  }
  const consumers = new Set<QueueConsumer>()
  let producing: Promise<KafkaProducer> | undefined
  let counting: Promise<KafkaConsumer> | undefined
  let isClosed = false

  const open = (): void => {
    if (isClosed) throw new Error('[storage] kafka queue: it is closed. Create another one.')
  }
  const load = async (): Promise<KafkaModule> => options.kafka ?? importKafka()

  const produce = async (): Promise<KafkaProducer> => {
    const { Producer, stringSerializers: serializers } = await load()
    return new Producer({ ...connection, serializers, acks: -1, idempotent: true })
  }

  const join = async (): Promise<KafkaConsumer> => {
    const { Consumer, stringDeserializers: deserializers } = await load()
    return new Consumer({ ...connection, groupId: group, deserializers, autocommit: false })
  }

  const send = async (record: Parameters<KafkaProducer['send']>[0]['messages'][number]): Promise<void> => {
    producing ??= produce()
    const producer = await producing
    await within(producer.send({ messages: [record] }), 'send', timeout)
  }

  return {
    push: async (batch) => {
      open()
      await send({ topic, key: batch.visitor, value: writeEntry(batch) })
    },
    consume: () => {
      open()
      const consumer = createKafkaConsumer({
        topic,
        open: join,
        keepAside: (value, key, reason) => send({ topic: aside, key, value, headers: { reason } }),
        within: (promise, what) => within(promise, what, timeout),
        onError,
      })
      consumers.add(consumer)
      return consumer
    },
    waiting: async () => {
      open()
      counting ??= join()
      return within(countWaiting(await counting, topic, aside), 'listOffsets', timeout)
    },
    replay: () =>
      Promise.reject(
        new Error(
          `[storage] kafka queue: nothing is put back from here. Copy the messages of the topic ${aside} to ${topic}, key and value as they are.`,
        ),
      ),
    erase: async () => {
      open()
      // No message is deleted before the topic's retention; no worker folds it.
      return { queued: 0, leftovers: ['queue'] }
    },
    close: async () => {
      if (isClosed) return
      isClosed = true
      for (const consumer of consumers) await consumer.close()
      await (await producing)?.close()
      await (await counting)?.close(true)
    },
  }
}

async function countWaiting(consumer: KafkaConsumer, topic: string, aside: string) {
  const topics = [topic, aside]
  const newest = await consumer.listOffsets({ topics })
  const oldest = await consumer.listOffsets({ topics, timestamp: OLDEST })
  const partitions = (newest.get(topic) ?? []).map((_, at) => at)
  const committed = await consumer.listCommittedOffsets({ topics: [{ topic, partitions }] })
  const left = (name: string, from: (at: number) => bigint): number =>
    (newest.get(name) ?? []).reduce((sum, end, at) => sum + Number(end - from(at)), 0)
  const first = (name: string, at: number): bigint => oldest.get(name)?.[at] ?? 0n
  return {
    entries: left(topic, (at) => {
      const offset = committed.get(topic)?.[at] ?? -1n
      return offset < first(topic, at) ? first(topic, at) : offset
    }),
    oldest: null,
    setAside: left(aside, (at) => first(aside, at)),
  }
}

// What the client says names brokers and topics, nothing of a visitor.
async function within<T>(promise: Promise<T>, what: string, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StoreBusyError(`[storage] kafka: no answer to ${what} within ${timeout} ms.`)),
      timeout,
    )
  })
  try {
    return await Promise.race([promise, late])
  } catch (cause) {
    if (cause instanceof StoreBusyError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StoreBusyError(`[storage] kafka: ${what} failed: ${why}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}
