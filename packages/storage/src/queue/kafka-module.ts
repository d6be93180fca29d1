/** What is used of the package `@platformatic/kafka`, so that another client may stand in for it. */
export interface KafkaModule {
  readonly Producer: new (options: KafkaProducerOptions) => KafkaProducer
  readonly Consumer: new (options: KafkaConsumerOptions) => KafkaConsumer
  readonly stringSerializers: object
  readonly stringDeserializers: object
}

/** Where the brokers are, and how long to wait for them; other options of the client are handed on as they are. */
export interface KafkaConnection {
  readonly clientId: string
  readonly bootstrapBrokers: string[]
  /** Milliseconds. */
  readonly timeout: number
  /** Milliseconds. */
  readonly connectTimeout: number
  readonly [option: string]: unknown
}

export interface KafkaProducerOptions extends KafkaConnection {
  readonly serializers: object
  /** -1: the leader answers when all replicas in sync have it. */
  readonly acks: -1
  /** What the client sends a second time is kept once. */
  readonly idempotent: true
}

export interface KafkaConsumerOptions extends KafkaConnection {
  readonly groupId: string
  readonly deserializers: object
  readonly autocommit: false
}

export interface KafkaProducer {
  send(options: { readonly messages: KafkaRecord[] }): Promise<unknown>
  close(force?: boolean): Promise<void>
}

/** One message on its way to a topic. */
export interface KafkaRecord {
  readonly topic: string
  readonly key: string
  readonly value: string
  readonly headers?: { readonly [name: string]: string }
}

export interface KafkaConsumer {
  readonly assignments: readonly { readonly topic: string; readonly partitions: readonly number[] }[] | null
  consume(options: {
    readonly topics: string[]
    readonly mode: 'committed'
    readonly fallbackMode: 'earliest'
  }): Promise<KafkaStream>
  /** Topic → the offset of each partition: after the newest message, or of the oldest one for `timestamp` -2. */
  listOffsets(options: {
    readonly topics: string[]
    readonly timestamp?: bigint
  }): Promise<ReadonlyMap<string, readonly bigint[]>>
  /** Topic → the offset that the group goes on from, by partition; -1 where it has none. */
  listCommittedOffsets(options: {
    readonly topics: { topic: string; partitions: number[] }[]
  }): Promise<ReadonlyMap<string, readonly bigint[]>>
  close(force?: boolean): Promise<void>
}

/** Messages of the partitions that the group gave to this consumer. */
export interface KafkaStream extends AsyncIterable<KafkaMessage> {
  close(): Promise<void>
}

export interface KafkaMessage {
  readonly value: string
  readonly partition: number
  readonly offset: bigint
  /** Has the group go on after this message. */
  commit(): void | Promise<void>
}

/** Loads the client. @throws when it is not installed, with the cure. */
export async function importKafka(): Promise<KafkaModule> {
  try {
    return await import('@platformatic/kafka')
  } catch (cause) {
    throw new Error(
      '[storage] kafka: the package `@platformatic/kafka` is missing. Install it: npm install @platformatic/kafka.',
      { cause },
    )
  }
}
