import { murmur3 } from '@attune/core'

/** The partition of a visitor: always the same while there are as many. */
export function partitionOf(visitor: string, partitions: number): number {
  return murmur3(visitor) % partitions
}

/** @throws when it is no number of partitions. `from` names the factory. */
export function checkPartitions(from: string, partitions: number): void {
  if (Number.isInteger(partitions) && partitions >= 1 && partitions <= 1_024) return
  throw new Error(
    `[storage] ${from}: \`partitions\` is ${partitions}. Give a whole number from 1 to 1024, the same everywhere.`,
  )
}
