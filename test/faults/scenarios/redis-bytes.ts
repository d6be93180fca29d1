import { createCollector } from '@attune/collector'
import type { ProfileStore } from '@attune/storage'
import { createRedisStore } from '@attune/storage/redis'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { openRedisStage } from '../../support/fault-redis.ts'
import { NOON, PLAN, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { type Ask, askHandler, createSenders } from '../../support/fault-senders.ts'
import { until } from '../../support/fault-time.ts'
import type { TcpFault } from '../../support/tcp-fault-proxy.ts'
import { closingAfter, type Proofs, type Scenario } from './scenario.ts'

// A reset is no silence: it is told at once.
const AT_ONCE_MS = 250

interface Side {
  readonly name: string
  readonly bytes: 'replied' | 'requested'
  readonly cut: (after: number) => TcpFault
  /** Every so many bytes: requests are long, and what is cut there was never asked. */
  readonly step: number
}

const SIDES: readonly Side[] = [
  {
    name: 'a connection that is reset at every byte of the replies to an append keeps each batch whole, once',
    bytes: 'replied',
    cut: (after) => ({ resetReplyAfter: after }),
    step: 1,
  },
  {
    name: 'a connection that is reset all along the requests of an append keeps each batch whole, once',
    bytes: 'requested',
    cut: (after) => ({ resetRequestAfter: after }),
    step: 16,
  },
]

async function play({ bytes, cut, step }: Side): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const { proxy, direct } = await openRedisStage(later)
    const url = `redis://127.0.0.1:${proxy.port}`
    // Each offset has a connection of its own: what a lost one waits before it tries again is another scenario's.
    const connect = async () => {
      const store = createRedisStore({ url })
      await store.load('nobody', PLAN)
      return store
    }
    let store = await connect()
    later(() => store.close())
    const collect = (load: () => ProfileStore) =>
      askHandler(
        createCollector({
          ruleset: RULESET,
          secret: SECRET,
          store: { ...direct, append: (batch) => load().append(batch) },
          clock: () => NOON,
          onError: () => {},
        }).handle,
      )
    const [before, through] = [collect(() => direct), collect(() => store)]
    let ask = before
    const senders = createSenders({ count: 1_500, ask: (batch) => ask(batch) })
    const send = (by: Ask, visitor: string) => {
      ask = by
      return senders.send(senders.make(visitor, 1))
    }
    const [model, ...others] = senders.visitors
    const first = await send(before, model!)
    await proxy.set({})
    const second = await send(through, model!)
    const length = proxy[bytes]
    const outcomes: string[] = []
    const waits: number[] = []
    for (let at = 0; at < length; at += step) {
      const visitor = others[outcomes.length]!
      await send(before, visitor)
      await store.close()
      store = await connect()
      await proxy.set(cut(at))
      const { value, waited } = await time.measure(() => send(through, visitor))
      outcomes.push(value.outcome)
      waits.push(waited)
      await proxy.set({})
    }
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 20_000, () => senders.resend()),
    )
    const used = new Map([...senders.made].filter(([, own]) => own.size > 0))
    const found = await audit({ ...senders, made: used }, direct)
    return {
      answer: () => {
        expect([first.outcome, second.outcome]).toEqual(['kept', 'kept'])
        expect(outcomes.length).toBe(Math.ceil(length / step))
        expect(outcomes.length).toBeGreaterThan(40)
        // Before its line feed the last reply has said everything: its reader need not wait for it.
        const cutShort = outcomes.slice(0, -1)
        expect(cutShort).toEqual(cutShort.map(() => 'later'))
      },
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(AT_ONCE_MS),
      // One after the other, some hundred batches.
      recovery: () => expect(recovered).toBeLessThanOrEqual(5_000),
      count: () => expect(found).toEqual(ALL_IS_WELL),
    }
  })
}

/** What happens at each byte between the collector and a Redis. */
export const REDIS_BYTES: readonly Scenario[] = SIDES.map((side) => ({
  name: side.name,
  needs: 'redis',
  play: () => play(side),
}))
