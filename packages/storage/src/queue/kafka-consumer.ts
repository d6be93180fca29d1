import { createBell } from './bell.ts'
import { readEntry, writeEntry } from './entry-text.ts'
import type { QueueConsumer, QueueEntry } from './event-queue.ts'
import type { KafkaConsumer, KafkaMessage, KafkaStream } from './kafka-module.ts'
import { createOffsetLine, type OffsetLine } from './offset-line.ts'
import { backOff, pause } from './patience.ts'

export interface KafkaConsumerSettings {
  readonly topic: string
  /** Makes a consumer of the group. */
  readonly open: () => Promise<KafkaConsumer>
  /** Keeps a message with the reason. */
  readonly keepAside: (text: string, visitor: string, reason: string) => Promise<void>
  /** Ends what takes too long, and names it. */
  readonly within: <T>(promise: Promise<T>, what: string) => Promise<T>
  readonly onError: (error: unknown) => void
}

// Messages that are fetched and not taken yet.
const MOST_BUFFERED = 1_000
// Kafka cannot give a message again without all behind it: these wait here, and with more nothing is fetched.
const MOST_GIVEN_BACK = 4_000

/** Folds messages of a topic, as one of its group. */
export function createKafkaConsumer(settings: KafkaConsumerSettings): QueueConsumer {
  const { topic, open, keepAside, within, onError } = settings
  const lines = new Map<number, OffsetLine>()
  const bell = createBell()
  const closing = new AbortController()
  let buffer: KafkaMessage[] = []
  let givenBack: QueueEntry[] = []
  let consumer: KafkaConsumer | undefined
  let stream: KafkaStream | undefined
  // Streams in a row that gave nothing.
  let failures = 0

  const lineOf = (partition: number): OffsetLine => {
    const line = lines.get(partition) ?? createOffsetLine()
    lines.set(partition, line)
    return line
  }

  const isFull = (): boolean => buffer.length >= MOST_BUFFERED || givenBack.length >= MOST_GIVEN_BACK

  const read = async (): Promise<void> => {
    consumer = await open()
    stream = await consumer.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' })
    // Closed meanwhile: nobody would end the stream.
    if (closing.signal.aborted) return
    for await (const message of stream) {
      failures = 0
      if (lineOf(message.partition).add(message)) buffer.push(message)
      bell.ring()
      while (isFull() && !closing.signal.aborted) await bell.heard(100)
      if (closing.signal.aborted) return
    }
  }

  const leave = async (): Promise<void> => {
    const [leaving, left] = [consumer, stream]
    consumer = undefined
    stream = undefined
    await left?.close().catch(onError)
    await leaving?.close(true).catch(onError)
  }

  // A stream ends when the group must be joined anew; what was not finished comes again from the next one.
  const readOn = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await read().catch(onError)
      await leave()
      failures++
      await pause(backOff(failures), closing.signal)
    }
  }
  const reading = readOn()

  const finish = async (entries: readonly Pick<QueueEntry, 'partition' | 'id'>[]): Promise<void> => {
    const last = new Map<number, KafkaMessage>()
    for (const { partition, id } of entries) {
      const message = lineOf(partition).finish(BigInt(id))
      if (message !== undefined) last.set(partition, message)
    }
    const commits = [...last.values()].map(async (message) => message.commit())
    await within(Promise.all(commits), 'commit')
  }

  const setAside = async ({ partition, id, visitor }: QueueEntry, text: string, reason: string) => {
    if (!lineOf(partition).has(BigInt(id))) return
    await keepAside(text, visitor, reason)
    await finish([{ partition, id }])
  }

  const takeNow = (most: number): readonly QueueEntry[] => {
    // Half of each, so that neither waits for the end of the other.
    const messages = buffer.slice(0, Math.max(Math.ceil(most / 2), most - givenBack.length))
    buffer = buffer.slice(messages.length)
    const again = givenBack.slice(0, most - messages.length)
    givenBack = givenBack.slice(again.length)
    const fresh = messages.flatMap(({ value, partition, offset }) => {
      const id = String(offset)
      const batch = readEntry(value)
      if (batch !== undefined) return [{ ...batch, partition, id }]
      setAside({ visitor: '', events: [], received: 0, partition, id }, value, 'unreadable').catch(onError)
      return []
    })
    return [...fresh, ...again]
  }

  return {
    take: async ({ most, wait }) => {
      if (closing.signal.aborted) throw new Error('[storage] kafka queue: the consumer is closed.')
      if (buffer.length === 0 && givenBack.length === 0 && wait > 0) await bell.heard(wait)
      return takeNow(most)
    },
    done: finish,
    giveBack: (entries) => {
      givenBack = [...givenBack, ...entries]
      bell.ring()
    },
    setAside: (entry, reason) => setAside(entry, writeEntry(entry), reason),
    partitions: () => consumer?.assignments?.find((one) => one.topic === topic)?.partitions ?? [],
    close: async () => {
      closing.abort()
      bell.ring()
      await leave()
      await reading
    },
  }
}
