import { describe, expect, test } from 'vitest'
import { blockOf } from '../../src/limit/address-block.ts'
import { createClientAddress } from '../../src/limit/client-address.ts'
import { createLimiter, type LimiterOptions } from '../../src/limit/create-limiter.ts'
import { createChance, createRandomBytes } from '../random.ts'

function makeLimiter(options: Partial<LimiterOptions> = {}) {
  const clock = { now: 0 }
  const limiter = createLimiter({
    clock: () => clock.now,
    randomBytes: createRandomBytes(1),
    visitor: { perSecond: 5, burst: 10 },
    address: { perSecond: 100, burst: 200 },
    ...options,
  })
  return { clock, ...limiter }
}

describe('a bucket', () => {
  test('lets a burst through, then its rate', () => {
    const { take, clock } = makeLimiter()
    const passed = (): boolean => take({ visitor: 'v' }) === undefined
    expect(Array.from({ length: 12 }, passed).filter(Boolean)).toHaveLength(10)
    let through = 0
    for (clock.now = 1; clock.now <= 10_000; clock.now++) if (passed()) through++
    expect(through).toBe(50)
  })

  test('is full again after a rest, and no fuller', () => {
    const { take, clock } = makeLimiter()
    const passed = (): boolean => take({ visitor: 'v' }) === undefined
    while (passed());
    clock.now = 3_600_000
    expect(Array.from({ length: 20 }, passed).filter(Boolean)).toHaveLength(10)
  })

  test('of one is not emptied by another', () => {
    const { take } = makeLimiter()
    while (take({ visitor: 'v' }) === undefined);
    expect(take({ visitor: 'w' })).toBeUndefined()
  })

  test('is left alone by a request that another bucket refuses', () => {
    const { take, clock } = makeLimiter({ address: { perSecond: 1, burst: 20 } })
    for (let at = 0; at < 500; at++) take({ visitor: 'v', address: '192.0.2' })
    clock.now = 100
    for (let at = 0; at < 10; at++) {
      expect(take({ visitor: `other ${at}`, address: '192.0.2' })).toBeUndefined()
    }
    expect(take({ visitor: 'one more', address: '192.0.2' })?.by).toBe('address')
  })

  test('of a dimension that is switched off is none', () => {
    const { take } = makeLimiter({ visitor: false, address: false })
    for (let at = 0; at < 10_000; at++) expect(take({ visitor: 'v', address: 'a', key: 'k' })).toBeUndefined()
  })

  test('of a write key counts where a rate is given', () => {
    const { take } = makeLimiter({ key: { perSecond: 1, burst: 2 } })
    const reasons = Array.from({ length: 3 }, () => take({ key: 'k' })?.by)
    expect(reasons).toEqual([undefined, undefined, 'key'])
  })

  test('without a rate above 0 is refused', () => {
    expect(() => makeLimiter({ visitor: { perSecond: 0, burst: 1 } })).toThrow('Give a rate above 0')
  })
})

describe('who is sent away', () => {
  test('is told when to come, spread over as long again', () => {
    const { take } = makeLimiter({ visitor: { perSecond: 0.1, burst: 1 } })
    take({ visitor: 'v' })
    const waits = Array.from({ length: 500 }, () => take({ visitor: 'v' })?.retryAfter ?? 0)
    expect(Math.min(...waits)).toBe(10)
    expect(Math.max(...waits)).toBe(20)
    expect(new Set(waits).size).toBe(11)
  })

  test('and comes when told is let through', () => {
    const { take, clock } = makeLimiter()
    while (take({ visitor: 'v' }) === undefined);
    clock.now += (take({ visitor: 'v' })?.retryAfter ?? 0) * 1000
    expect(take({ visitor: 'v' })).toBeUndefined()
  })
})

describe('one attacker at twenty times the rate of 200 visitors', () => {
  test('takes nothing from them: 99.9 % of theirs pass', () => {
    const { take, clock } = makeLimiter()
    const chance = createChance(1)
    const counts = { sent: 0, passed: 0, attacks: 0, attacksPassed: 0 }
    // A minute in steps of 10 ms: each visitor sends about every 2 seconds, the attacker 2,000 a second.
    for (clock.now = 0; clock.now < 60_000; clock.now += 10) {
      for (let visitor = 0; visitor < 200; visitor++) {
        if (chance() > 1 / 200) continue
        counts.sent++
        if (take({ visitor: `v${visitor}`, address: `198.51.${visitor % 50}` }) === undefined) counts.passed++
      }
      for (let attack = 0; attack < 20; attack++) {
        counts.attacks++
        if (take({ visitor: `forged ${counts.attacks}`, address: '203.0.113' }) === undefined)
          counts.attacksPassed++
      }
    }
    expect(counts.passed / counts.sent).toBeGreaterThanOrEqual(0.999)
    expect(counts.attacksPassed).toBeLessThanOrEqual(100 * 60 + 200)
  })
})

describe('X-Forwarded-For', () => {
  test('that is made up makes no new bucket', () => {
    const { take } = makeLimiter()
    const clientOf = createClientAddress(['10.0.0.0/8'])
    let passed = 0
    for (let at = 0; at < 1_000; at++) {
      const forged = `${at & 255}.${at >> 8}.7.7, 203.0.113.${at & 255}`
      const address = blockOf(clientOf('10.0.0.1', forged) ?? '')
      if (take({ address }) === undefined) passed++
    }
    expect(passed).toBe(200)
  })
})

describe('300,000 keys in places for 65,536', () => {
  test('take no more memory than the first few, and the emptiest bucket is the last to be forgotten', () => {
    const { take } = makeLimiter({ keys: 65_536 })
    while (take({ visitor: 'greedy' }) === undefined);
    const before = process.memoryUsage()
    for (let at = 0; at < 300_000; at++) take({ visitor: `v${at}`, address: `2001:${at & 0xffff}` })
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(1_000_000)
    expect(take({ visitor: 'greedy' })?.by).toBe('visitor')
  })
})
