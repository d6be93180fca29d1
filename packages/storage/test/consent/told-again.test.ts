import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../../test/support/redis.ts'
import { makeChange } from '../../src/consent/describe-consent-log.ts'
import {
  type ConsentLog,
  createMemoryConsentLog,
  isNotTold,
  type SharedAnswers,
  shareAnswers,
} from '../../src/consent.ts'
import { createRedisAnswers } from '../../src/redis.ts'

const NOON = makeChange().time
const NO = { granted: [], by: 'refuse' } as const

describe.skipIf(NO_REDIS)(`answers that are told again${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let redis: RedisServer
  let sites = 0
  let texts = 0
  const open = (): SharedAnswers =>
    createRedisAnswers({ url: redis.url, site: `again ${++sites}`, timeout: 5_000 })
  const share = (log: ConsentLog, answers: SharedAnswers) =>
    shareAnswers(log, { answers, machine: async () => 'm', wait: () => Promise.resolve() })
  // Once an answer of somebody else is noted as told, so is all of before.
  const settle = async (log: ConsentLog, answers: SharedAnswers): Promise<void> => {
    await log.append(makeChange({ pseudonym: 'somebody else', text: `${++texts}` }))
    const [last] = [...(await log.read())].reverse()
    await expect.poll(() => answers.toldBy('m')).toBe(last!.id)
  }

  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  test('whoever was erased is not told again: not of a log of before, not after an older state of the answers', async () => {
    const [own, answers] = [createMemoryConsentLog(), open()]
    await own.append(makeChange({ pseudonym: 'desk' }))
    await own.absorb(['desk'], 'account', NOON)
    await own.append(makeChange({ pseudonym: 'account' }))
    await own.letGo(['account'])
    const log = share(own, answers)
    log.catchUp()
    await settle(log, answers)
    expect([await answers.read(['desk']), await answers.read(['account'])]).toEqual([undefined, undefined])
    await answers.noteTold('m', 0)
    log.catchUp()
    await settle(log, answers)
    expect([await answers.read(['desk']), await answers.read(['account'])]).toEqual([undefined, undefined])
    await log.close()
  })

  test('an answer that an older state brought back with somebody who was erased since is deleted again', async () => {
    const answers = open()
    const log = share(createMemoryConsentLog(), answers)
    await log.append(makeChange())
    const before = await answers.read(['p'])
    await log.letGo(['p'])
    await settle(log, answers)
    await answers.tellLate('p', before!)
    for (const mark of ['m', 'm let go']) await answers.noteTold(mark, 0)
    log.catchUp()
    await settle(log, answers)
    await expect.poll(() => answers.read(['p'])).toBeUndefined()
    // Whoever answers under the name once more has an answer once more.
    await log.append(makeChange())
    await answers.noteTold('m let go', 0)
    log.catchUp()
    await settle(log, answers)
    expect(await answers.read(['p'])).toMatchObject({ granted: makeChange().granted })
    await log.close()
  })

  test('an erasure waits for the rows that are being told, and its own stay untold', async () => {
    const [own, answers] = [createMemoryConsentLog(), open()]
    await own.append(makeChange())
    let isTelling = (): void => {}
    const telling = new Promise<void>((resolve) => {
      isTelling = resolve
    })
    let goOn = (): void => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const tellLate: SharedAnswers['tellLate'] = async (pseudonym, answer) => {
      isTelling()
      await held
      return answers.tellLate(pseudonym, answer)
    }
    const log = share(own, { ...answers, tellLate })
    log.catchUp()
    await telling
    const gone = log.letGo(['p'])
    goOn()
    await gone
    expect(await answers.read(['p'])).toBeUndefined()
    await log.close()
  })

  test('a log of which more was told than it has is told from its first row', async () => {
    const [own, answers] = [createMemoryConsentLog(), open()]
    await own.append(makeChange(NO))
    await answers.noteTold('m', 500)
    const log = share(own, answers)
    log.catchUp()
    await settle(log, answers)
    expect(await answers.read(['p'])).toEqual({ time: NOON, granted: [] })
    await log.close()
  })

  test.each([
    [
      'a withdrawal that could not be told at once takes back a yes of a clock before it',
      1_000,
      NO.granted,
      [],
    ],
    ['a yes that could not be told at once takes back no withdrawal', 1_000, ['preferences'], []],
    ['what is a minute older does nothing', 60_000, NO.granted, ['marketing']],
  ] as const)('%s', async (_, ahead, granted, after) => {
    const answers = open()
    await answers.tell('p', { time: NOON + ahead, granted: granted.length === 0 ? ['marketing'] : [] })
    let isAway = true
    const tell: SharedAnswers['tell'] = async (pseudonym, answer) => {
      if (isAway) throw new Error('away')
      return answers.tell(pseudonym, answer)
    }
    const log = share(createMemoryConsentLog(), { ...answers, tell })
    const kept = log.append(makeChange({ granted }))
    await expect(kept).rejects.toSatisfy(isNotTold)
    await expect(kept).rejects.toThrow('is kept, but the other machines could not be told: away')
    isAway = false
    await settle(log, answers)
    await expect.poll(async () => (await answers.read(['p']))?.granted).toEqual(after)
    await log.close()
  })
})
