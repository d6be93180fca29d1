import { createCollector } from '@attune/collector'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { createPersonalizer } from '@attune/edge'
import { createMemoryStore } from '@attune/storage/memory'
import { expect } from 'vitest'
import { ALL_IS_WELL, audit } from '../../support/fault-audit.ts'
import { createPageSite } from '../../support/fault-pages.ts'
import { createSeededRandom } from '../../support/fault-random.ts'
import { makePublished, NOON, PLAN, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, BROWSER, createSenders } from '../../support/fault-senders.ts'
import { countTime } from '../../support/fault-time.ts'
import { type Proofs, type Scenario, SEED } from './scenario.ts'

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
const AT_ONCE_MS = 100
const keys = createSealKeys(SECRET)

/** The clock of a server steps; its visitors go on sending and reading, with the tokens they were given before. */
async function playServerStep(step: number): Promise<Proofs> {
  const time = countTime()
  let now = NOON
  const clock = (): number => now
  const store = createMemoryStore()
  const { handle } = createCollector({ ruleset: RULESET, secret: SECRET, store, clock, onError: () => {} })
  const senders = createSenders({ count: 8, ask: askHandler(handle), since: NOON - 3 * HOUR })
  const { personalize } = createPersonalizer({
    ruleset: makePublished(),
    secret: SECRET,
    store,
    clock,
    onError: () => {},
  })
  const tokens = new Map<string, string>()
  const outcomes: string[] = []
  const sources: (string | undefined)[] = []
  const waits: number[] = []
  const round = async (): Promise<void> => {
    for (const visitor of senders.visitors) {
      const { value, waited } = await time.measure(() => senders.send(senders.make(visitor)))
      const identity = `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
      const headers = { cookie: `${identity}; ${tokens.get(visitor) ?? ''}`, 'user-agent': BROWSER }
      const page = await time.measure(() =>
        personalize(new Request('http://shop.example/', { headers }), { document: true }),
      )
      outcomes.push(value.outcome)
      sources.push(page.value?.source)
      waits.push(waited, page.waited)
    }
  }
  // Tokens are dated before the step.
  for (const visitor of senders.visitors) {
    const { body, cookie } = senders.make(visitor)
    const headers = { 'content-type': 'application/json', cookie, 'user-agent': BROWSER }
    const answer = await handle(
      new Request('http://shop.example/attune/collect', { method: 'POST', headers, body }),
    )
    tokens.set(visitor, /attune_token=[^;]*/.exec(answer.headers.getSetCookie().join('\n'))?.[0] ?? '')
    await senders.send(senders.batches.at(-1)!)
  }
  await round()
  now += step
  await round()
  now -= step
  await round()
  const found = await audit(senders, store)
  time.stop()
  return {
    answer: () => {
      expect(outcomes).toEqual(outcomes.map(() => 'kept'))
      // From the token while its date can be believed, else from the store: never from nothing.
      expect(sources.filter((source) => source !== 'token' && source !== 'store')).toEqual([])
    },
    deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(AT_ONCE_MS),
    recovery: () => expect(sources.slice(-8)).toEqual(Array(8).fill('token')),
    count: () => expect(found).toEqual(ALL_IS_WELL),
  }
}

/** Trackers whose clocks are wrong by anything up to ten years, and jump while events wait. */
async function playClientSkew(): Promise<Proofs> {
  const random = createSeededRandom(SEED)
  const time = countTime()
  const store = createMemoryStore()
  let now = NOON
  const { handle } = createCollector({
    ruleset: RULESET,
    secret: SECRET,
    store,
    clock: () => now,
    onError: () => {},
  })
  const ask = askHandler(handle)
  const rows: { readonly visitor: string; readonly reference: string }[] = []
  const statuses: number[] = []
  const waits: number[] = []
  let accepted = 0
  const send = async (visitor: string, skew: number): Promise<void> => {
    now = NOON
    for (let at = 0; at < 6; at++) {
      now += 60_000
      const clock = now + skew
      const properties = { item_id: `item-${at}`, item_category: 'hiking' }
      const event = { id: `event-${at}`, name: 'view_item', time: clock - 5_000, properties }
      const cookie = `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
      const body = JSON.stringify({ sent: clock, events: [event] })
      const { value, waited } = await time.measure(() => ask({ visitor, cookie, body, size: 1 }))
      statuses.push(value?.status ?? 0)
      waits.push(waited)
      accepted += JSON.parse(value?.text ?? '{}').accepted
    }
  }
  for (let at = 0; at < 100; at++) {
    const [visitor, reference] = [`skewed-${at}`, `right-${at}`].map((name) => name.padStart(22, '0')) as [
      string,
      string,
    ]
    const skew = Math.floor((2 * random() - 1) * 10 * YEAR)
    await send(reference, 0)
    await send(visitor, skew)
    rows.push({ visitor, reference })
  }
  const different: string[] = []
  for (const { visitor, reference } of rows) {
    const [one, other] = await Promise.all([store.load(visitor, PLAN), store.load(reference, PLAN)])
    if (JSON.stringify(one) !== JSON.stringify(other)) different.push(visitor)
  }
  await send('late'.padStart(22, '0'), 0)
  time.stop()
  return {
    answer: () => expect(statuses).toEqual(statuses.map(() => 200)),
    deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(AT_ONCE_MS),
    recovery: () => expect(statuses.slice(-6)).toEqual(Array(6).fill(200)),
    count: () => {
      expect(different).toEqual([])
      expect(accepted).toBe(statuses.length)
    },
  }
}

/** The clock that tells when to ask a store again must not be the one that people set. */
async function playBreakerStep(): Promise<Proofs> {
  const time = countTime()
  let isGone = false
  const site = createPageSite({
    load: async () => {
      if (isGone) throw new Error('gone')
      return null
    },
  })
  let asked = 0
  const page = (visitor: string) => {
    asked++
    return site.page(visitor.padStart(22, '0'))
  }
  const real = Date.now
  const pages: boolean[] = []
  const waits: number[] = []
  let askedWhileOpen = 0
  let recovered = 0
  try {
    for (const step of [-YEAR, YEAR, -10 * YEAR]) {
      isGone = true
      for (let at = 0; at < 20; at++) {
        const { value, waited } = await time.measure(() => page(`v${at}`))
        pages.push(value !== undefined)
        waits.push(waited)
      }
      Date.now = () => real() + step
      const questions = site.store.asked
      for (let at = 0; at < 20; at++) await page(`w${at}`)
      askedWhileOpen += site.store.asked - questions
      isGone = false
      const { waited } = await time.measure(async () => {
        while (site.state() !== 'closed') {
          await new Promise((resolve) => setTimeout(resolve, 20))
          await page('x')
        }
      })
      recovered = Math.max(recovered, waited)
    }
  } finally {
    Date.now = real
    time.stop()
  }
  return {
    answer: () => expect(pages).toEqual(pages.map(() => true)),
    deadline: () => expect(Math.max(...waits)).toBeLessThanOrEqual(AT_ONCE_MS),
    recovery: () => expect(recovered).toBeLessThanOrEqual(1_500),
    count: () => {
      // A probe may fall due meanwhile.
      expect(askedWhileOpen).toBeLessThanOrEqual(3)
      expect(Object.values(site.reads).reduce((sum, count) => sum + count)).toBe(asked)
    },
  }
}

const STEPS: readonly (readonly [string, number])[] = [
  ['an hour back', -HOUR],
  ['an hour on', HOUR],
  ['a day on', 24 * HOUR],
]

/** Clocks that are not what they should be. */
export const CLOCKS: readonly Scenario[] = [
  ...STEPS.map(
    ([what, step]): Scenario => ({
      name: `a server whose clock steps ${what} and comes back counts and shows everything as before`,
      play: () => playServerStep(step),
    }),
  ),
  {
    name: 'trackers whose clocks are up to ten years wrong leave the same profiles as right ones',
    play: playClientSkew,
  },
  {
    name: 'a wall clock that steps by years neither opens a breaker nor keeps it open',
    play: playBreakerStep,
  },
]
