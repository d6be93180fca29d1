import type { KafkaMessage } from './kafka-module.ts'

/** The messages of one partition that are not finished, and up to where it may be committed. */
export interface OffsetLine {
  /** Tells whether the message is new; one that was given out and is not finished comes again after a rebalance. */
  add(message: KafkaMessage): boolean
  has(offset: bigint): boolean
  /** Finishes a message. Answers the one to commit: the last before the first that is not finished. */
  finish(offset: bigint): KafkaMessage | undefined
}

/** Kafka knows one offset a group and partition: what is committed must never pass over a message that is not finished. */
export function createOffsetLine(): OffsetLine {
  const open = new Map<bigint, KafkaMessage>()
  let finished: KafkaMessage[] = []
  return {
    add: (message) => {
      const isNew = !open.has(message.offset)
      // The newer of two commits by the newer stream.
      open.set(message.offset, message)
      return isNew
    },
    has: (offset) => open.has(offset),
    finish: (offset) => {
      const message = open.get(offset)
      if (message === undefined) return undefined
      open.delete(offset)
      finished.push(message)
      const first = lowest([...open.keys()])
      const passed = finished.filter((one) => first === undefined || one.offset < first)
      finished = finished.filter((one) => !passed.includes(one))
      return passed.reduce<KafkaMessage | undefined>(
        (last, one) => (last === undefined || one.offset > last.offset ? one : last),
        undefined,
      )
    },
  }
}

function lowest(offsets: readonly bigint[]): bigint | undefined {
  return offsets.reduce<bigint | undefined>(
    (low, one) => (low === undefined || one < low ? one : low),
    undefined,
  )
}
