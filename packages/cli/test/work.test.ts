import { join } from 'node:path'
import { planRuleset } from '@attune/core/publish'
import { createRedisStore } from '@attune/storage/redis'
import { createRedisQueue } from '@attune/storage/redis-queue'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { createDelayHistogram } from '../../storage/src/queue/delay-histogram.ts'
import { serve } from '../src/commands/serve.ts'
import { work } from '../src/commands/work.ts'
import { main } from '../src/main.ts'
import { nameRedis } from '../src/options/open-redis.ts'
import { progressLine } from '../src/worker/progress-line.ts'
import { makeFolder } from './support/make-folder.ts'
import { type MadeIo, makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 })

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const WHY = NO_REDIS ? `: ${NO_REDIS}` : ''
// Health is looked at every ten seconds: who asks before all partitions are held hears of fewer until then.
const PATIENCE = { timeout: 30_000, interval: 20 }
const makeRules = (): string =>
  join(makeFolder({ 'rules.json': JSON.stringify(makeRuleset()) }), 'rules.json')
const env = { ATTUNE_SECRET: 'a secret of more than thirty-two characters' }

describe('what is said of the work', () => {
  const delays = createDelayHistogram()
  delays.add(12, 99)
  delays.add(300)
  const report = { entries: 90, accepted: 1_234, duplicates: 5, conflicts: 1, erased: 0, setAside: 2, delays }

  test('is one line', () => {
    const waiting = { entries: 12_000, oldest: 1_000, setAside: 2 }
    expect(progressLine({ report, partitions: 8, waiting, now: 3_500 })).toBe(
      '1,234 events folded · 6 known before · delay 13 ms, p99 13 ms · 8 partitions · 12,000 wait, the oldest for 2.5 s · 2 set aside',
    )
  })

  test('is short when there is little to say', () => {
    const idle = { ...report, accepted: 0, duplicates: 0, conflicts: 0, delays: createDelayHistogram() }
    const waiting = { entries: 0, oldest: null, setAside: 0 }
    expect(progressLine({ report: idle, partitions: 1, waiting, now: 0 })).toBe(
      '0 events folded · 1 partition · nothing waits',
    )
    expect(progressLine({ report: idle, partitions: 0, waiting: null, now: 0 })).toBe(
      '0 events folded · 0 partitions · the queue does not answer',
    )
  })

  test('a place is named without who may go there', () => {
    expect(nameRedis({ urls: ['redis://user:hush@cache.example:6380/2', 'rediss://:hush@b.example'] })).toBe(
      'redis://cache.example:6380/2,rediss://b.example',
    )
  })
})

test.each([
  [work, ['--redis', 'redis://x'], {}, '--ruleset <place> is missing.'],
  [work, ['--ruleset', 'RULES'], {}, '--redis <url> is missing. Name the Redis, or set ATTUNE_REDIS_URL.'],
  [
    work,
    ['--ruleset', 'RULES', '--redis', 'http://user:hush@x'],
    {},
    'is no URL of a Redis. Write redis://host:6379.',
  ],
  [
    work,
    ['--ruleset', 'RULES', '--redis', 'redis://x', '--partitions', '0'],
    {},
    'Give a whole number from 1 to 1024.',
  ],
  [serve, ['--ruleset', 'RULES', '--queue'], env, '--queue needs a Redis.'],
  [
    serve,
    ['--ruleset', 'RULES', '--data', 'x', '--redis', 'redis://x'],
    env,
    '--data and --redis name two stores.',
  ],
  [
    serve,
    ['--ruleset', 'RULES'],
    { ...env, ATTUNE_REDIS_URL: 'hush' },
    'ATTUNE_REDIS_URL) is no URL of a Redis.',
  ],
])('%# is refused with the cure and exit code 2', async (command, args, around, message) => {
  const { io, err } = makeIo({ env: around })
  const rules = makeRules()
  const named = args.map((arg) => (arg === 'RULES' ? rules : arg))
  expect(await main([command.name, ...named], [command], io, '1')).toBe(2)
  expect(err()).toContain(message)
  expect(err()).not.toContain('hush')
})

describe.skipIf(NO_REDIS)(`on a real Redis${WHY}`, () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
    await server.ask('CONFIG', 'SET', 'requirepass', 'hush')
    await server.ask('AUTH', 'hush')
  })
  afterAll(() => server.stop())
  const url = () => server.url.replace('//', '//:hush@')

  interface Begun extends MadeIo {
    readonly end: () => Promise<number>
  }

  async function begin(command: typeof work, said: string, ...args: readonly string[]): Promise<Begun> {
    const made = makeIo({ env: { ...env, ATTUNE_REDIS_URL: url() } })
    const ended = main([command.name, '--ruleset', makeRules(), ...args], [command], made.io, '1')
    const end = (): Promise<number> => {
      made.stop('SIGTERM')
      return ended
    }
    onTestFinished(async () => {
      await end()
    })
    await expect.poll(() => made.out() + made.err(), PATIENCE).toContain(said)
    return { ...made, end }
  }

  async function send(out: string, cookies: readonly string[], id: string): Promise<Response> {
    const [base = ''] = /http:\/\/[^/]+/.exec(out) ?? []
    const event = { id, name: 'view_item', time: Date.now(), properties: { item_id: id } }
    return fetch(`${base}/attune/collect`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': BROWSER,
        cookie: ['attune_consent=preferences', ...cookies].join('; '),
      },
      body: JSON.stringify({ sent: Date.now(), utcOffset: 0, page: '/', events: [event] }),
    })
  }
  const cookiesOf = (response: Response) =>
    response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')

  test('events that serve queued are folded by work, and each signal ends with exit code 0', async () => {
    const serving = await begin(serve, 'Collecting at ', '--queue', '--port', '0', '--site', 'queued')
    expect(serving.out()).toContain('data in redis://127.0.0.1:')
    expect(serving.out()).toContain(', folded by workers.')
    const first = await send(serving.out(), [], 'first-0123456789')
    expect(await first.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
    expect(cookiesOf(first).join()).toContain('attune_visitor=')
    const again = await send(serving.out(), cookiesOf(first), 'first-0123456789')
    expect(await again.json()).toMatchObject({ accepted: 0, duplicates: 1 })
    const queue = createRedisQueue({ url: url(), site: 'queued', timeout: 2_000 })
    onTestFinished(() => queue.close())
    expect(await queue.waiting()).toMatchObject({ entries: 2 })
    const working = await begin(work, 'Metrics at ', '--site', 'queued', '--metrics-port', '0')
    await expect.poll(async () => (await queue.waiting()).entries, PATIENCE).toBe(0)
    const [monitor = ''] = /http:\/\/[^/]+/.exec(working.out()) ?? []
    let metrics = ''
    const ask = async (): Promise<string> => {
      metrics = await (await fetch(`${monitor}/metrics`)).text()
      return metrics
    }
    await expect.poll(ask, PATIENCE).toContain('attune_worker_partitions 16\n')
    expect(
      metrics.split('\n').filter((line) => /^attune_(?!\w+_(bucket|sum)|store_|ruleset_age)/.test(line)),
    ).toEqual([
      'attune_fold_delay_seconds_count 2',
      'attune_worker_events_total{attune_event_result="accepted"} 1',
      'attune_worker_events_total{attune_event_result="duplicate"} 1',
      'attune_worker_events_total{attune_event_result="conflict"} 0',
      'attune_worker_set_aside_total 0',
      'attune_worker_partitions 16',
      'attune_queue_up 1',
      'attune_queue_waiting 0',
      'attune_queue_oldest_seconds 0',
      'attune_queue_set_aside 0',
      'attune_ruleset_state{attune_ruleset_state="fresh"} 1',
      'attune_ruleset_state{attune_ruleset_state="stale"} 0',
      'attune_ruleset_state{attune_ruleset_state="default"} 0',
      ...['ruleset', 'store', 'queue', 'worker'].map(
        (part) => `attune_health{attune_health_part="${part}"} 1`,
      ),
    ])
    expect(await (await fetch(`${monitor}/healthz`)).json()).toEqual({ status: 'ok' })
    const health = async () => (await fetch(`${monitor}/health`)).json()
    await expect.poll(health, PATIENCE).toMatchObject({
      status: 'ok',
      parts: [
        { part: 'ruleset', status: 'ok', state: 'fresh', revision: 'test.1' },
        { part: 'store', status: 'ok' },
        { part: 'queue', status: 'ok', waiting: 0, delaySeconds: null, setAside: 0 },
        { part: 'worker', status: 'ok', partitions: 16, folded: 1 },
      ],
    })
    expect((await fetch(`${monitor}/`)).status).toBe(404)
    expect(await working.end()).toBe(0)
    expect(working.err()).toContain(
      'SIGTERM: finishing what is under way.\n1 event folded · 1 known before · delay ',
    )
    expect(await serving.end()).toBe(0)
    for (const { out, err } of [serving, working]) expect(out() + err()).not.toContain('hush')
  })

  test('without a queue serve folds into the Redis itself', async () => {
    const serving = await begin(serve, 'Collecting at ', '--port', '0', '--site', 'direct')
    const response = await send(serving.out(), [], 'direct-0123456789')
    expect(await response.json()).toMatchObject({ accepted: 1 })
    expect(await server.ask('KEYS', 'attune:direct:*:profile')).toHaveLength(1)
    expect(await server.ask('KEYS', 'attune:direct:*queue*')).toEqual([])
  })

  test('what was set aside is put back when that is asked for', async () => {
    const queue = createRedisQueue({ url: url(), site: 'aside', timeout: 2_000, lease: 600 })
    onTestFinished(() => queue.close())
    const event = { id: 'a', name: 'view_item', time: 1_000_000, properties: {} }
    await queue.push({ visitor: 'v', events: [event], received: 1_000_000 })
    const consumer = queue.consume()
    await expect
      .poll(async () => {
        const [entry] = await consumer.take({ most: 1, wait: 20 })
        if (entry !== undefined) await consumer.setAside(entry, 'it did not fold')
        return (await queue.waiting()).setAside
      }, PATIENCE)
      .toBe(1)
    await consumer.close()
    const working = await begin(work, 'Entries put back: 1.', '--site', 'aside', '--replay')
    const store = createRedisStore({ url: url(), site: 'aside', timeout: 2_000 })
    onTestFinished(() => store.close())
    const plan = planRuleset(makeRuleset())
    await expect.poll(() => store.load('v', plan), PATIENCE).toMatchObject({ last: { id: 'a' } })
    expect(await working.end()).toBe(0)
  })

  test('another number of partitions than the queue has is a mistake', async () => {
    await begin(work, 'Folding from', '--site', 'count', '--partitions', '4')
    const { io, err } = makeIo({ env: { ATTUNE_REDIS_URL: url() } })
    expect(await main(['work', '--ruleset', makeRules(), '--site', 'count'], [work], io, '1')).toBe(2)
    expect(err()).toContain('it has 4 partitions, not 16.')
  })
})

test('a Redis that is not there yet is waited for', async () => {
  const made = makeIo()
  const args = ['work', '--ruleset', makeRules(), '--redis', 'redis://127.0.0.1:1', '--metrics-port', '0']
  const ended = main(args, [work], made.io, '1')
  await expect.poll(made.out, PATIENCE).toContain('Folding from redis://127.0.0.1:1, 16 partitions in all.')
  expect(made.err()).toContain('[worker] connect: ')
  await expect.poll(made.out, PATIENCE).toContain('Metrics at ')
  const [monitor = ''] = /http:\/\/[^/]+/.exec(made.out()) ?? []
  const health = await fetch(`${monitor}/healthz`)
  // It takes work as soon as there is some: another worker would not help.
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const away = { status: 'degraded', why: expect.any(String), since: expect.any(String) }
  expect(await (await fetch(`${monitor}/health`)).json()).toMatchObject({
    status: 'degraded',
    parts: [
      { part: 'ruleset', status: 'ok' },
      { part: 'store', ...away },
      { part: 'queue', ...away },
      { part: 'worker' },
    ],
  })
  const metrics = await (await fetch(`${monitor}/metrics`)).text()
  expect(metrics.split('\n').filter((line) => /^attune_(queue|health)/.test(line))).toEqual([
    'attune_queue_up 0',
    'attune_health{attune_health_part="ruleset"} 1',
    'attune_health{attune_health_part="store"} 0',
    'attune_health{attune_health_part="queue"} 0',
    'attune_health{attune_health_part="worker"} 1',
  ])
  made.stop('SIGINT')
  expect(await ended).toBe(0)
  expect(made.err()).toContain('the queue does not answer')
})
