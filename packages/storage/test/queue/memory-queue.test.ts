import { expect, test } from 'vitest'
import { makeEvent, NOON } from '../../src/contract/builders.ts'
import { describeEventQueue } from '../../src/contract.ts'
import { createMemoryQueue } from '../../src/drivers/memory-queue.ts'
import { StoreBusyError } from '../../src/store-error.ts'

describeEventQueue('memory queue', async () => ({ queue: createMemoryQueue({ partitions: 8 }) }))

test('when too much waits a push is refused, until some of it is done', async () => {
  const queue = createMemoryQueue({ mostWaiting: 1 })
  const push = (id: string) => queue.push({ visitor: 'v', events: [makeEvent(id)], received: NOON })
  await push('a')
  await expect(push('b')).rejects.toThrow(StoreBusyError)
  const consumer = queue.consume()
  await consumer.done(await consumer.take({ most: 1, wait: 0 }))
  await push('b')
  expect(await queue.waiting()).toMatchObject({ entries: 1 })
})

test.each([0, 1.5, 1_025, Number.NaN])('%s is no number of partitions', (partitions) => {
  expect(() => createMemoryQueue({ partitions })).toThrow(/`partitions` is .* whole number from 1 to 1024/)
})
