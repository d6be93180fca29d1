import { StoreBusyError } from '@attune/storage'
import { describe, expect, test } from 'vitest'
import { createCollector } from '../src/index.ts'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  RULESET,
  readAnswer,
  SECRET,
} from './builders.ts'

describe('a store that fails', () => {
  const failing = async () => {
    throw new StoreBusyError('secret detail of visitor x')
  }

  test.each([0, 1, 2, 255])(
    'has the sender try again within 1 to 3 seconds (random byte %i)',
    async (byte) => {
      const heard: unknown[] = []
      const collector = makeCollector({
        store: makeStore({ append: failing }),
        randomBytes: (count) => new Uint8Array(count).fill(byte),
        onError: (error, step) => heard.push([step, error]),
      })
      const response = await collector.handle(makeRequest())
      expect(response.status).toBe(503)
      expect(['1', '2', '3']).toContain(response.headers.get('retry-after'))
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await response.text()).not.toContain('secret')
      expect(heard).toEqual([['append', expect.any(StoreBusyError)]])
    },
  )

  test('while refusing has nothing counted twice: the whole batch comes again', async () => {
    let down = true
    const store = makeStore()
    const reject: typeof store.reject = async (rejected) => {
      if (down) throw new StoreBusyError('busy')
      return store.reject(rejected)
    }
    const collector = makeCollector({ store: { ...store, reject }, onError: () => {} })
    const request = () =>
      makeRequest({ body: makeBatch([makeEvent('a'), makeEvent('b', { name: 'unknown' })]) })
    expect((await collector.handle(request())).status).toBe(503)
    down = false
    const answer = await readAnswer(await collector.handle(request()))
    expect(answer).toMatchObject({ accepted: 0, duplicates: 1, rejected: [{ id: 'b' }] })
    expect(await store.rejectedCounts()).toEqual({ 'unknown-event': 1 })
  })

  test('at sweeping is heard of, and the events are kept all the same', async () => {
    const heard: string[] = []
    const collector = makeCollector({
      store: makeStore({ sweep: failing }),
      onError: (_, step) => heard.push(step),
    })
    expect((await collector.handle(makeRequest())).status).toBe(200)
    await Promise.resolve()
    expect(heard).toEqual(['sweep'])
  })

  test('at counting a refused body changes nothing in the answer', async () => {
    const heard: string[] = []
    const collector = makeCollector({
      store: makeStore({ reject: failing }),
      onError: (_, step) => heard.push(step),
    })
    expect((await collector.handle(makeRequest({ body: '{' }))).status).toBe(400)
    expect(heard).toEqual(['reject'])
  })
})

test('a mistake of ours is answered 500 without a word about it', async () => {
  const heard: string[] = []
  const clock = () => {
    throw new Error('secret')
  }
  const collector = makeCollector({ clock, onError: (_, step) => heard.push(step) })
  const response = await collector.handle(makeRequest())
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
  expect(heard).toEqual(['collect'])
})

test('the store is swept with the first batch and then twice a day, by the ruleset’s retention', async () => {
  let now = NOW
  const swept: unknown[] = []
  const sweep = async (at: number, retention: object) => {
    swept.push([at - NOW, retention])
    return { events: 0, profiles: 0 }
  }
  const ruleset = { ...RULESET, retention: { events: '30d' } }
  const collector = makeCollector({ ruleset, store: makeStore({ sweep }), clock: () => now })
  const day = 86_400_000
  for (const hours of [0, 1, 11.9, 12, 13, 24]) {
    now = NOW + hours * 3_600_000
    await collector.handle(makeRequest())
  }
  const retention = { events: 30 * day, profiles: 400 * day }
  expect(swept).toEqual([0, day / 2, day].map((at) => [at, retention]))
})

test('events that come without a browser have the store swept too, and so does a timer where nothing comes', async () => {
  let now = NOW
  const swept: number[] = []
  const sweep = async (at: number) => {
    swept.push((at - NOW) / 3_600_000)
    return { events: 0, profiles: 0 }
  }
  const collector = makeCollector({ store: makeStore({ sweep }), clock: () => now })
  const send = () => collector.ingest({ visitor: 'v', consent: { preferences: true }, events: [] })
  await send()
  await send()
  now += 12 * 3_600_000
  await send()
  collector.sweep()
  now += 12 * 3_600_000
  collector.sweep()
  expect(swept).toEqual([0, 12, 24])
})

describe('creating a collector', () => {
  const options = { ruleset: RULESET, secret: SECRET, store: makeStore() }

  test.each([
    ['no secret', { ...options, secret: undefined as unknown as string }, /`secret` is missing/],
    ['an empty list of secrets', { ...options, secret: [] }, /`secret` is missing/],
    ['a short secret', { ...options, secret: 'short' }, /at least 32/],
    [
      'no store',
      { ...options, store: undefined as unknown as ReturnType<typeof makeStore> },
      /`store` is missing/,
    ],
    ['an unsound ruleset', { ...options, ruleset: { ...RULESET, version: 2 as 1 } }, /\$\.version/],
  ])('with %s says what is wrong', (_, wrong, message) => {
    expect(() => createCollector(wrong)).toThrow(message)
  })
})

describe('ingest', () => {
  const consent = { preferences: true }

  test('judges and keeps events like a request', async () => {
    const store = makeStore()
    const collector = makeCollector({ store })
    const events = [makeEvent('a'), makeEvent('a'), makeEvent('b', { name: 'unknown' }), null]
    const result = await collector.ingest({ visitor: 'invoice 7', consent, events })
    expect(result).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(result.rejected.map(({ index, reason }) => [index, reason])).toEqual([
      [2, 'unknown-event'],
      [3, 'malformed'],
    ])
    expect(result.profile?.firstSeen).toBe(NOW / 1000 - 1)
  })

  test('refuses the events of bots and what is not granted', async () => {
    const collector = makeCollector()
    const events = [makeEvent('a')]
    const bot = await collector.ingest({ visitor: 'v', consent, events, userAgent: 'curl/8.0' })
    expect(bot.rejected[0]?.reason).toBe('bot')
    const silent = await collector.ingest({ visitor: 'v', consent: {}, events })
    expect(silent).toMatchObject({ profile: null, rejected: [{ reason: 'consent' }] })
  })

  test('takes the sender’s clock as right unless told when it was sent', async () => {
    const collector = makeCollector()
    const lastAt = async (id: string, more: object) => {
      const { profile } = await collector.ingest({ visitor: id, consent, events: [makeEvent(id)], ...more })
      return profile?.last?.seconds
    }
    expect(await lastAt('a', {})).toBe(NOW / 1000 - 1)
    expect(await lastAt('b', { sent: NOW + 60_000 })).toBe(NOW / 1000 - 61)
  })

  test('rejects when the visitor is none or the store fails', async () => {
    await expect(makeCollector().ingest({ visitor: '', consent, events: [] })).rejects.toThrow(/visitor id/)
    const store = makeStore({
      append: async () => {
        throw new StoreBusyError('busy')
      },
    })
    const asked = makeCollector({ store }).ingest({ visitor: 'v', consent, events: [makeEvent()] })
    await expect(asked).rejects.toThrow(StoreBusyError)
  })
})

describe('a profile that does not come in time', () => {
  const late = makeStore()
  const takenIn = {
    ...late,
    append: async (batch: Parameters<typeof late.append>[0]) => ({
      ...(await late.append(batch)),
      profile: null,
    }),
  }

  test('leaves a known visitor the token that is there', async () => {
    const response = await makeCollector({ store: takenIn }).handle(makeRequest())
    expect((await readAnswer(response)).accepted).toBe(1)
    expect(response.headers.getSetCookie().join()).not.toContain('attune_token')
  })

  test('still tells a new visitor its id, so that the next batch is the same visitor', async () => {
    const collector = makeCollector({ store: takenIn })
    const request = makeRequest({ cookies: { attune_visitor: '' }, body: makeBatch([makeEvent('new')]) })
    const cookies = (await collector.handle(request)).headers.getSetCookie().join()
    expect(cookies).toContain('attune_visitor=')
    expect(cookies).not.toContain('attune_token')
  })
})
