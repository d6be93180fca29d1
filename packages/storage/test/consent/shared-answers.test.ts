import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../../test/support/redis.ts'
import { TELL_ANSWER } from '../../src/commands/answer-scripts.ts'
import { makeChange } from '../../src/consent/describe-consent-log.ts'
import {
  createMemoryConsentLog,
  type SharedAnswers,
  type SharedLog,
  shareAnswers,
} from '../../src/consent.ts'
import { createRedisAnswers } from '../../src/redis.ts'
import { createUpstashAnswers } from '../../src/upstash.ts'
import { bridgeRedis } from '../support/bridged-redis.ts'

test('the script has its SHA', () => {
  expect(createHash('sha1').update(TELL_ANSWER.source).digest('hex')).toBe(TELL_ANSWER.sha)
})

let machines = 0

function nextMachine(): () => Promise<string> {
  const name = `machine ${++machines}`
  return async () => name
}

// One machine, with a log of its own.
function share(answers: SharedAnswers): SharedLog {
  return shareAnswers(createMemoryConsentLog(), { answers, machine: nextMachine() })
}

describe.skipIf(NO_REDIS)(`answers on several machines${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let redis: RedisServer
  let sites = 0
  const open = (site = `site ${++sites}`): SharedAnswers =>
    createRedisAnswers({ url: redis.url, site, timeout: 5_000 })

  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  test('the last answer is told, whichever machine heard it and whatever its clock says', async () => {
    const answers = open()
    const [here, there] = [share(answers), share(answers)]
    await here.append(makeChange({ time: 1_000 }))
    await there.append(makeChange({ time: 400, granted: [], by: 'refuse' }))
    expect(await answers.read(['older', 'p'])).toEqual({ time: 1_001, granted: [] })
    expect(await answers.read(['nobody'])).toBeUndefined()
    await here.close()
  })

  test('what is told late does nothing beside an answer of then or later', async () => {
    const answers = open()
    await answers.tellLate('p', { time: 5, granted: ['preferences'] })
    await answers.tellLate('p', { time: 4, granted: [] })
    expect(await answers.read(['p'])).toEqual({ time: 5, granted: ['preferences'] })
    await answers.close()
  })

  test('who answered elsewhere meanwhile has a row of each change', async () => {
    const answers = open()
    const [here, there] = [share(answers), share(answers)]
    const no = makeChange({ granted: [], by: 'refuse' })
    expect(await here.append(makeChange())).toBe(true)
    expect(await here.append(makeChange())).toBe(false)
    expect(await there.append(no)).toBe(true)
    expect(await here.append(makeChange())).toBe(true)
    expect((await here.read()).map(({ granted }) => granted.length)).toEqual([2, 2])
    await here.close()
  })

  test('an answer of before the sign-in holds for the account until one is given there', async () => {
    const answers = open()
    const log = share(answers)
    await log.append(makeChange({ pseudonym: 'desk', granted: ['preferences'] }))
    await log.absorb(['desk', 'desk of an older secret'], 'account', 1)
    await log.absorb(['account'], 'account', 1)
    expect((await answers.read(['account']))?.granted).toEqual(['preferences'])
    expect(await answers.read(['desk'])).toBeUndefined()
    await log.append(makeChange({ pseudonym: 'account', granted: [] }))
    expect((await answers.read(['account']))?.granted).toEqual([])
    await log.close()
  })

  test('of an account and its browsers of before the later answer holds, until one is given there', async () => {
    const answers = open()
    const log = share(answers)
    await log.append(makeChange({ pseudonym: 'account', granted: ['marketing'], time: 1 }))
    await log.append(makeChange({ pseudonym: 'phone', granted: [], time: 1_000 }))
    await log.absorb(['phone'], 'account', 1_001)
    expect((await answers.read(['account']))?.granted).toEqual([])
    // By a clock that is behind.
    await log.append(makeChange({ pseudonym: 'account', granted: ['preferences'], time: 900 }))
    expect((await answers.read(['account']))?.granted).toEqual(['preferences'])
    await log.close()
  })

  test('who is let go of is in no key any more, and the rows stay', async () => {
    const site = `site ${++sites}`
    const answers = open(site)
    const log = share(answers)
    const canary = 'canary-of-a-pseudonym'
    await log.append(makeChange({ pseudonym: 'desk' }))
    await log.absorb(['desk'], canary, 1)
    await log.append(makeChange({ pseudonym: canary }))
    await log.append(makeChange({ pseudonym: 'other' }))
    await log.letGo!([canary])
    const keys = await redis.ask('KEYS', `attune:${encodeURIComponent(site)}:*`)
    expect([keys].flat(2).filter((key) => String(key).includes(':answer'))).toEqual([
      expect.stringContaining('{other}'),
    ])
    expect(await log.read()).toHaveLength(3)
    await log.close()
  })

  test('an answer goes by itself when nobody gives it again', async () => {
    const site = `site ${++sites}`
    const answers = createRedisAnswers({ url: redis.url, site, expiry: 60_000, timeout: 5_000 })
    await answers.tell('p', { time: 1, granted: [] })
    const left = Number(await redis.ask('PTTL', `attune:${encodeURIComponent(site)}:{p}:answer`))
    expect(left > 0 && left <= 60_000).toBe(true)
    await answers.close()
  })

  test('an older state of the answers that is put back is told what it lacks', async () => {
    const site = `site ${++sites}`
    const answers = open(site)
    const log = share(answers)
    const keys = `attune:${encodeURIComponent(site)}`
    const told = async () => Object.values((await redis.ask('HVALS', `${keys}:{answers}:told`)) ?? [])
    await log.append(makeChange())
    await expect.poll(told).toEqual(['1'])
    const before = String(await redis.ask('GET', `${keys}:{p}:answer`))
    await log.append(makeChange({ granted: [], by: 'refuse', time: makeChange().time + 1 }))
    await expect.poll(told).toEqual(['2'])
    await redis.ask('SET', `${keys}:{p}:answer`, before)
    const [machine] = (await redis.ask('HKEYS', `${keys}:{answers}:told`)) as readonly string[]
    await redis.ask('HSET', `${keys}:{answers}:told`, machine!, 1)
    log.catchUp()
    await expect.poll(() => answers.read(['p'])).toMatchObject({ granted: [] })
    await log.close()
  })

  test('what could not be told is an error, is kept, and is told by the next process', async () => {
    const [log, machine] = [createMemoryConsentLog(), nextMachine()]
    const away = createRedisAnswers({ url: 'redis://127.0.0.1:1', timeout: 50 })
    const heard: unknown[] = []
    const broken = shareAnswers(log, {
      answers: away,
      machine,
      wait: () => new Promise(() => {}),
      onError: (error) => heard.push(error),
    })
    await expect(broken.append(makeChange({ granted: [] }))).rejects.toThrow()
    await expect.poll(() => heard.length).toBe(1)
    expect(await log.read()).toHaveLength(1)
    const answers = open()
    shareAnswers(log, { answers, machine }).catchUp()
    await expect.poll(() => answers.read(['p'])).toMatchObject({ granted: [] })
    await answers.close()
    await away.close()
  })
})

describe.skipIf(NO_REDIS)('over REST', () => {
  const there = bridgeRedis()

  test('the same holds: answers, those of before a sign-in, what was told, and what is let go of', async () => {
    const { url, token } = there.bridge
    const answers = createUpstashAnswers({ url, token, site: there.nextSite(), timeout: 5_000 })
    const log = share(answers)
    await log.append(makeChange({ pseudonym: 'desk', granted: ['preferences'] }))
    await log.absorb(['desk'], 'account', 1)
    expect((await answers.read(['account']))?.granted).toEqual(['preferences'])
    await log.append(makeChange({ pseudonym: 'account', granted: [] }))
    expect((await answers.read(['account']))?.granted).toEqual([])
    expect(await answers.toldBy(`machine ${machines}`)).toBe(2)
    await log.letGo!(['account'])
    expect([await answers.read(['account']), await answers.read(['desk'])]).toEqual([undefined, undefined])
    await log.close()
  })
})
