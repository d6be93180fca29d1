import { expect, onTestFinished, test, vi } from 'vitest'
import type { Found } from '../src/ruleset-source.ts'
import { makeHeld } from './support/make-held.ts'
import { makeText } from './support/make-published.ts'

/** How many turns of the queue of promises pass before this one is settled; whatever waits for anything else takes more than 50. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  let isSettled = false
  work.then(
    () => {
      isSettled = true
    },
    () => {
      isSettled = true
    },
  )
  for (let turn = 1; turn <= 50; turn++) {
    await Promise.resolve()
    if (isSettled) return turn
  }
  return Number.POSITIVE_INFINITY
}

test('without a ruleset a source is at its default, and says why', async () => {
  const { held, source } = makeHeld()
  expect(source.state()).toEqual({ state: 'default' })
  held.fail()
  await expect(source.load()).rejects.toThrow('the line is dead')
  expect(source.state()).toEqual({ state: 'default', trouble: 'the line is dead' })
})

test('a ruleset that its source vouched for lately is fresh', async () => {
  const { held, source } = makeHeld()
  await source.load()
  expect(source.state()).toEqual({ state: 'fresh', revision: 'r1', age: 0 })
  held.now = 31_000
  expect(source.state()).toEqual({ state: 'fresh', revision: 'r1', age: 31_000 })
  await source.refresh()
  expect(source.state()).toEqual({ state: 'fresh', revision: 'r1', age: 0 })
})

test('after a bad answer the last good ruleset is stale, its age goes on, and a good one ends that', async () => {
  const { held, source } = makeHeld()
  await source.load()
  held.fail()
  held.now = 40_000
  await source.refresh()
  held.now = 3_600_000
  expect(source.state()).toEqual({
    state: 'stale',
    revision: 'r1',
    age: 3_600_000,
    trouble: 'the line is dead',
  })
  held.put('r2')
  await source.refresh()
  expect(source.state()).toEqual({ state: 'fresh', revision: 'r2', age: 0 })
})

test('a ruleset after which nobody asked for two intervals is stale without trouble', async () => {
  const { held, source } = makeHeld({ interval: 10_000, timeout: 1_000 })
  await source.load()
  held.now = 21_000
  expect(source.state().state).toBe('fresh')
  held.now = 21_001
  expect(source.state()).toEqual({ state: 'stale', revision: 'r1', age: 21_001 })
})

test('a stale ruleset costs a request no waiting, whatever its source does', async () => {
  const { held, source } = makeHeld()
  await source.load()
  for (const hinder of [held.hang, held.fail]) {
    hinder()
    held.now += 60_000
    expect(await turnsOf(source.load())).toBeLessThanOrEqual(2)
    expect((await source.load()).revision).toBe('r1')
  }
})

test('without a ruleset, those who come after a bad answer do not wait until it is asked again', async () => {
  const { held, source } = makeHeld()
  held.fail()
  await source.load().catch(() => {})
  held.hang()
  held.now = 1_999
  expect(await turnsOf(source.load())).toBeLessThanOrEqual(2)
  expect(held.asked).toHaveLength(1)
})

test('after a question that ran into its timeout there is the same pause: it counts from then', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { held, source } = makeHeld({ timeout: 3_000 })
  held.hang()
  const first = source.load().catch(() => {})
  held.now = 3_000
  await vi.advanceTimersByTimeAsync(3_000)
  await first
  held.now = 4_999
  expect(await turnsOf(source.load())).toBeLessThanOrEqual(2)
  expect(held.asked).toHaveLength(1)
  held.put('r1')
  held.now = 5_000
  expect((await source.load()).revision).toBe('r1')
})

test('after failures it is asked twice as late each time, up to the interval, and at once on success as ever', async () => {
  const { held, source, onError } = makeHeld()
  await source.load()
  held.fail()
  const pauses: number[] = []
  held.now = 30_000
  for (let failure = 0; failure < 6; failure++) {
    await source.load()
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(failure + 1))
    const asked = held.asked.length
    const since = held.now
    while (held.asked.length === asked) {
      held.now += 500
      await source.load()
    }
    pauses.push(held.now - since)
  }
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
})

test.each([
  [0, 27_000],
  [0.5, 30_000],
  [1, 33_000],
])('the interval is spread: with chance %d the next question is after %d ms', async (chance, due) => {
  const { held, source } = makeHeld({ random: () => chance })
  await source.load()
  held.now = due - 1
  await source.load()
  expect(held.asked).toHaveLength(1)
  held.now = due
  await source.load()
  expect(held.asked).toHaveLength(2)
})

test('a clock that is set back does not keep it from asking', async () => {
  const { held, source } = makeHeld()
  held.now = 3_600_000
  await source.load()
  held.now = 0
  await source.load()
  expect(held.asked).toHaveLength(2)
  expect(source.state().age).toBe(0)
})

test('a thousand requests ask once', async () => {
  const { held, source } = makeHeld()
  await Promise.all(Array.from({ length: 1_000 }, () => source.load()))
  held.now = 30_000
  await Promise.all(Array.from({ length: 1_000 }, () => source.load()))
  expect(held.asked).toEqual([undefined, 'r1'])
})

test('a question that hangs is given up: its signal ends it, and the next one is asked', async () => {
  const { held, source, revision } = makeHeld({ timeout: 10 })
  let ended: unknown
  held.answer = (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        ended = signal.reason
        reject(signal.reason)
      })
    })
  await expect(source.load()).rejects.toThrow('the test did not answer: timeout after 10 ms')
  expect(ended).toBeInstanceOf(Error)
  held.put('r1')
  await source.refresh()
  expect(await revision()).toBe('r1')
})

test('a question that went with the request that asked it is asked anew, and its late answer is not taken', async () => {
  // No timer fires: that is how a host leaves what it put to sleep.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { held, source, revision } = makeHeld({ interval: 1_000, timeout: 1_000 })
  await source.load()
  let answerLate: (found: Found) => void = () => {}
  held.answer = () =>
    new Promise((resolve) => {
      answerLate = resolve
    })
  held.now = 1_000
  await source.load()
  held.put('r3')
  held.now = 3_000
  await source.load()
  expect(held.asked).toHaveLength(2)
  held.now = 3_001
  await source.load()
  await vi.waitFor(async () => expect(await revision()).toBe('r3'))
  answerLate({ text: makeText('r2'), version: 'r2' })
  await Promise.resolve()
  expect([held.asked.length, await revision(), source.state().state]).toEqual([3, 'r3', 'fresh'])
})

test('what the host keeps alive is the question behind an answer', async () => {
  const waitUntil = vi.fn()
  const { held, source } = makeHeld({ waitUntil })
  await source.load()
  held.put('r2')
  held.now = 30_000
  await source.load()
  await waitUntil.mock.calls[1]?.[0]
  expect(source.recent()[0]?.revision).toBe('r2')
})

test('who follows is told before a ruleset is in force, and of the present one at once', async () => {
  const { held, source } = makeHeld()
  const used: string[] = []
  source.follow(({ revision }) => {
    const inForce = source.recent()[0]?.revision ?? 'none'
    return () => used.push(`${inForce} → ${revision}`)
  })
  await source.load()
  held.put('r2')
  await source.refresh()
  source.follow(
    ({ revision }) =>
      () =>
        used.push(`late: ${revision}`),
  )
  expect(used).toEqual(['none → r1', 'r1 → r2', 'late: r2'])
})

test('a ruleset that one follower cannot use comes into force for none', async () => {
  const { held, source, onError } = makeHeld()
  const used: string[] = []
  source.follow(
    ({ revision }) =>
      () =>
        used.push(revision),
  )
  source.follow(({ revision }) => {
    if (revision === 'r2') throw new Error('cannot be used')
    return () => used.push(revision)
  })
  await source.load()
  held.put('r2')
  await source.refresh()
  expect([used, source.recent().length, source.state().trouble]).toEqual([['r1', 'r1'], 1, 'cannot be used'])
  held.put('r3')
  await source.refresh()
  expect([used.slice(2), onError.mock.calls.length]).toEqual([['r3', 'r3'], 1])
})

test('the same text under another version is no other ruleset', async () => {
  const { held, source } = makeHeld()
  const first = await source.load()
  held.answer = async () => ({ text: makeText('r1'), version: 'another name' })
  await source.refresh()
  expect(source.recent()).toEqual([first])
  await source.refresh()
  expect(held.asked).toEqual([undefined, 'r1', 'another name'])
})

test('what fails while telling of a failure changes nothing', async () => {
  const { held, source } = makeHeld({
    onError: () => {
      throw new Error('the log is full')
    },
  })
  held.fail()
  await expect(source.load()).rejects.toThrow('the line is dead')
})
