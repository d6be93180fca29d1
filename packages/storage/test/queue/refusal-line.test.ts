import { expect, test } from 'vitest'
import { createRefusalLine } from '../../src/queue/refusal-line.ts'

const REFUSED = { reason: 'consent', time: 1, event: 'x' }

/** A store whose writes wait until they are let go, and the line before it. */
function makeLine() {
  const writes: PromiseWithResolvers<void>[] = []
  const line = createRefusalLine(
    () => {
      const write = Promise.withResolvers<void>()
      writes.push(write)
      return write.promise
    },
    () => 1,
  )
  return { line, writes }
}

test('handing over waits for what another is handing over', async () => {
  const { line, writes } = makeLine()
  line.add([REFUSED])
  const steps: string[] = []
  const first = line.handOver()
  const second = line.handOver().then(() => steps.push('handed over'))
  await Promise.resolve()
  steps.push('written')
  writes[0]!.resolve()
  await Promise.all([first, second])
  expect(steps).toEqual(['written', 'handed over'])
})

test('what was on its way and did not arrive waits again once it is settled', async () => {
  const { line, writes } = makeLine()
  line.add([REFUSED])
  const first = line.handOver().catch((error: Error) => error.message)
  const settled = line.settled()
  expect(line.isWaiting()).toBe(false)
  writes[0]!.reject(new Error('away'))
  await settled
  expect([line.isWaiting(), await first]).toEqual([true, 'away'])
})
