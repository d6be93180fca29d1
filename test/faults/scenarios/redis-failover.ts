import { createCollector } from '@attune/collector'
import { createRedisStore } from '@attune/storage/redis'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { keyOf } from '../../support/fault-redis.ts'
import { NOON, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, createSenders, type Senders } from '../../support/fault-senders.ts'
import { pause, until } from '../../support/fault-time.ts'
import type { RedisServer } from '../../support/redis.ts'
import { catchUp, startRedisCluster } from '../../support/redis-cluster.ts'
import { findStrange } from './play-loss.ts'
import { closingAfter, type Proofs, type Scenario } from './scenario.ts'

// Few enough events each that the oracle is exact.
const VISITORS = 96
const SIDE_BY_SIDE = 16
const EVERY_MS = 10
const APPEND_LIMIT_MS = 1_500
// A replica is promoted two seconds after its primary was last heard of, and what the others take to agree.
const PROMOTION_LIMIT_MS = 20_000
// The store looks for the new primary every half second, and connects within a second.
const RECOVERY_MS = 5_000

/** Three primaries with a replica each. One primary dies while the store writes, its replica takes over, and it comes back as a replica. */
async function play(): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const cluster = await startRedisCluster(3, true)
    later(() => cluster.stop())
    const store = createRedisStore({ nodes: cluster.urls })
    later(() => store.close())
    const { handle } = createCollector({
      ruleset: RULESET,
      secret: SECRET,
      store,
      clock: () => NOON,
      onError: () => {},
    })
    const senders = createSenders({ count: VISITORS, ask: askHandler(handle) })
    await until('calm', 20_000, async () => {
      await senders.send(senders.make(senders.visitors[0]!, 1))
      return senders.resend()
    })
    const traffic = startTraffic(senders, time.now)
    await until('under load', 20_000, async () => senders.acknowledged.size > 3 * VISITORS)
    const [dying, heir] = [cluster.nodes[0]!, cluster.replicas[0]!]
    const theirs = await visitorsOf(dying, senders.visitors)
    const safe = new Set(senders.acknowledged)
    await catchUp(dying, heir)
    // What is answered from here on does not reach the replica.
    process.kill(heir.pid, 'SIGSTOP')
    await dying.ask('CLIENT', 'KILL', 'TYPE', 'replica')
    const reached = senders.acknowledged.size
    await until('more is there', 20_000, async () => senders.acknowledged.size > reached + VISITORS)
    await dying.kill('SIGKILL')
    process.kill(heir.pid, 'SIGCONT')
    const heard = new Set(senders.acknowledged)
    await until('the replica is promoted', PROMOTION_LIMIT_MS, () => isPrimary(heir))
    const { waited: recovered } = await time.measure(() =>
      until('all is sent', 20_000, () => senders.resend(SIDE_BY_SIDE)),
    )
    const calm = traffic.outcomes.length
    await until('as before', 20_000, async () => traffic.outcomes.length > calm + 2 * VISITORS)
    await traffic.stop()
    await dying.restart()
    await catchUp(heir, dying)
    await until('all is sent', 20_000, () => senders.resend())

    const direct = createRedisStore({ nodes: [heir.url, ...cluster.urls], timeout: 10_000 })
    later(() => direct.close())
    const there = await idsOf([heir, ...cluster.nodes.slice(1)], senders.visitors)
    const strange = await findStrange(senders, direct, there)
    const lost = [...senders.acknowledged].filter((id) => !there.has(id))
    // Trackers that still have what was lost send it again.
    const again = senders.batches.filter(({ body }) => lost.some((id) => body.includes(`"${id}"`)))
    for (const batch of again) await senders.send(batch)
    const found = await audit(senders, direct)
    const waits = traffic.outcomes.map(({ waited }) => waited)
    return {
      answer: () => {
        const wrong = traffic.outcomes.filter(
          ({ outcome, retryAfter }) =>
            outcome !== 'kept' && !(outcome === 'later' && /^[123]$/.test(retryAfter ?? '')),
        )
        expect(wrong).toEqual([])
        expect(traffic.outcomes.some(({ outcome }) => outcome === 'later')).toBe(true)
      },
      deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(APPEND_LIMIT_MS),
      recovery: () => {
        expect(recovered).toBeLessThanOrEqual(RECOVERY_MS)
        expect(traffic.outcomes.slice(-VISITORS).filter(({ outcome }) => outcome !== 'kept')).toEqual([])
      },
      count: () => {
        expect(theirs.size).toBeGreaterThan(VISITORS / 6)
        // Whatever the replica had is there. Lost is at most what was answered in between, of this primary's visitors, whole.
        expect(lost.filter((id) => safe.has(id) || !heard.has(id))).toEqual([])
        expect(lost.length).toBeGreaterThan(0)
        const owners = lost.map((id) =>
          senders.visitors.find((visitor) => senders.made.get(visitor)?.has(id)),
        )
        expect(owners.filter((visitor) => !theirs.has(visitor ?? ''))).toEqual([])
        expect(strange).toEqual([])
        expect(found).toEqual(ALL_IS_WELL)
      },
    }
  })
}

interface Answered {
  readonly outcome: string
  readonly retryAfter: string | null
  readonly waited: number
}

/** Visitors in turn, some side by side, each a little after its last answer. */
function startTraffic(senders: Senders, now: () => number) {
  const outcomes: Answered[] = []
  let isOver = false
  let turn = 0
  const work = async (): Promise<void> => {
    while (!isOver) {
      const visitor = senders.visitors[turn++ % senders.visitors.length]!
      const begun = now()
      const sent = await senders.send(senders.make(visitor, 1))
      outcomes.push({ ...sent, waited: now() - begun })
      await pause(EVERY_MS)
    }
  }
  const working = Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  const stop = async (): Promise<void> => {
    isOver = true
    await working
  }
  return { outcomes, stop }
}

async function isPrimary(node: RedisServer): Promise<boolean> {
  return String(await node.ask('INFO', 'replication')).includes('role:master')
}

/** The visitors whose keys a node answers for. */
async function visitorsOf(node: RedisServer, visitors: readonly string[]): Promise<ReadonlySet<string>> {
  const own = new Set<string>()
  for (const visitor of visitors) if ((await fieldsOf(node, visitor)) !== undefined) own.add(visitor)
  return own
}

/** Every event that is there, wherever it is. */
async function idsOf(
  nodes: readonly RedisServer[],
  visitors: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for (const visitor of visitors) {
    const found = await Promise.all(nodes.map((node) => fieldsOf(node, visitor)))
    for (const id of found.flatMap((one) => one ?? [])) ids.add(id)
  }
  return ids
}

/** The events of a visitor on a node; `undefined` when another node answers for them. */
async function fieldsOf(node: RedisServer, visitor: string): Promise<readonly string[] | undefined> {
  try {
    const parts = await Promise.all(
      (['recent', 'settled'] as const).map((part) => node.ask('HKEYS', keyOf(visitor, part))),
    )
    return parts.flat().map(String)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('MOVED')) return undefined
    throw error
  }
}

/** A cluster that loses a primary. */
export const REDIS_FAILOVER: readonly Scenario[] = [
  {
    name: 'a primary of a cluster that dies under load hands over to its replica: what that one had is kept, the rest lost whole',
    needs: 'redis',
    play,
  },
]
