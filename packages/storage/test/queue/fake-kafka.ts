import { murmur3 } from '@attune/core'
import type {
  KafkaConsumer,
  KafkaConsumerOptions,
  KafkaMessage,
  KafkaModule,
  KafkaProducerOptions,
  KafkaRecord,
  KafkaStream,
} from '../../src/queue/kafka-module.ts'

/** Brokers and their clients as the driver sees them, in this process: what the client's code says, and what a network does. */
export interface FakeKafka {
  readonly module: KafkaModule
  /** Messages of a topic, by partition. */
  readonly messages: (topic: string) => readonly (readonly KafkaRecord[])[]
  /** What clients were made with. */
  readonly producers: KafkaProducerOptions[]
  readonly consumers: KafkaConsumerOptions[]
  /** Set by the test: what the next send does besides adding the message. */
  send: 'once' | 'twice' | 'unanswered' | 'refused'
  /** So many commits are refused; a refused one ends its stream, as when the group is joined anew. */
  refuseCommits: number
  /** Hears of every commit before it counts. */
  onCommit: (partition: number, offset: bigint) => void
  /** Ends every stream with an error. */
  breakStreams(): void
}

class FakeStream implements KafkaStream {
  readonly positions = new Map<number, number>()
  error: Error | undefined
  isClosed = false
  #wake = (): void => {}

  readonly #next: () => KafkaMessage | undefined
  constructor(next: (stream: FakeStream) => KafkaMessage | undefined) {
    this.#next = () => next(this)
  }

  wake(): void {
    this.#wake()
  }

  fail(error: Error): void {
    this.error = error
    this.#wake()
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<KafkaMessage> {
    for (;;) {
      if (this.error !== undefined) throw this.error
      if (this.isClosed) return
      const message = this.#next()
      if (message !== undefined) {
        yield message
        continue
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

interface Member {
  assignments: { topic: string; partitions: number[] }[] | null
  readonly streams: Set<FakeStream>
}

/** A cluster whose topics have so many partitions. */
export function fakeKafka(partitions: number): FakeKafka {
  const topics = new Map<string, KafkaRecord[][]>()
  const committed = new Map<number, number>()
  const members: Member[] = []

  const topicOf = (name: string): KafkaRecord[][] => {
    const topic = topics.get(name) ?? Array.from({ length: partitions }, (): KafkaRecord[] => [])
    topics.set(name, topic)
    return topic
  }

  // As the client does it: where the group has committed it goes on from there, else it stays where it was.
  const seek = (member: Member, stream: FakeStream): void => {
    for (const partition of member.assignments?.[0]?.partitions ?? []) {
      const from = committed.get(partition) ?? stream.positions.get(partition) ?? 0
      stream.positions.set(partition, from)
    }
    stream.wake()
  }

  const rebalance = (topic: string): void => {
    members.forEach((member, at) => {
      const own = Array.from({ length: partitions }, (_, partition) => partition)
      member.assignments = [{ topic, partitions: own.filter((one) => one % members.length === at) }]
      for (const stream of member.streams) seek(member, stream)
    })
  }

  const fake: FakeKafka = {
    producers: [],
    consumers: [],
    send: 'once',
    refuseCommits: 0,
    onCommit: () => {},
    messages: (topic) => topicOf(topic),
    breakStreams: () => {
      for (const { streams } of members) for (const stream of streams) stream.fail(new Error('rejoin needed'))
    },
    module: {
      stringSerializers: {},
      stringDeserializers: {},
      Producer: class {
        constructor(options: KafkaProducerOptions) {
          fake.producers.push(options)
        }
        async send({ messages }: { readonly messages: readonly KafkaRecord[] }): Promise<void> {
          const how = fake.send
          fake.send = 'once'
          if (how === 'refused') throw new Error('no leader')
          for (const record of how === 'twice' ? [...messages, ...messages] : messages) {
            topicOf(record.topic)[murmur3(record.key) % partitions]!.push(record)
          }
          for (const { streams } of members) for (const stream of streams) stream.wake()
          if (how === 'unanswered') throw new Error('connection reset')
        }
        async close(): Promise<void> {}
      },
      Consumer: class implements KafkaConsumer, Member {
        assignments: Member['assignments'] = null
        readonly streams = new Set<FakeStream>()
        constructor(options: KafkaConsumerOptions) {
          fake.consumers.push(options)
        }

        async consume({ topics: [topic = ''] }: { readonly topics: string[] }): Promise<KafkaStream> {
          const stream = new FakeStream((own) => this.#read(topic, own))
          this.streams.add(stream)
          if (!members.includes(this)) members.push(this)
          rebalance(topic)
          return stream
        }

        #read(topic: string, stream: FakeStream): KafkaMessage | undefined {
          for (const partition of this.assignments?.[0]?.partitions ?? []) {
            const offset = stream.positions.get(partition) ?? 0
            const record = topicOf(topic)[partition]![offset]
            if (record === undefined) continue
            stream.positions.set(partition, offset + 1)
            const commit = () => this.#commit(stream, partition, offset + 1)
            return { value: record.value, partition, offset: BigInt(offset), commit }
          }
          return undefined
        }

        async #commit(stream: FakeStream, partition: number, offset: number): Promise<void> {
          await Promise.resolve()
          const isOurs = this.assignments?.[0]?.partitions.includes(partition) === true
          if (fake.refuseCommits > 0 || !isOurs || stream.isClosed) {
            fake.refuseCommits = Math.max(0, fake.refuseCommits - 1)
            stream.fail(new Error('rejoin needed'))
            throw new Error('rejoin needed')
          }
          fake.onCommit(partition, BigInt(offset))
          committed.set(partition, offset)
        }

        async listOffsets({ topics: names, timestamp }: { topics: string[]; timestamp?: bigint }) {
          const ends = (name: string) =>
            topicOf(name).map(({ length }) => (timestamp === -2n ? 0n : BigInt(length)))
          return new Map(names.map((name) => [name, ends(name)]))
        }

        async listCommittedOffsets({ topics: asked }: { topics: { topic: string; partitions: number[] }[] }) {
          return new Map(
            asked.map(({ topic, partitions: own }) => [
              topic,
              own.map((one) => BigInt(committed.get(one) ?? -1)),
            ]),
          )
        }

        async close(): Promise<void> {
          const at = members.indexOf(this)
          if (at < 0) return
          members.splice(at, 1)
          rebalance(this.assignments?.[0]?.topic ?? '')
        }
      },
    },
  }
  return fake
}
