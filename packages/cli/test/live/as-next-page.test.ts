import type { Condition, Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { createPersonalizer } from '@attune/edge'
import { expect, test, vi } from 'vitest'
import { makeFolder } from '../support/make-folder.ts'
import { PATIENCE, SECRET, type Served, startServing } from '../support/start-serving.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const DAY = 86_400
const UTC_OFFSET = 120
// No test is to begin in it and to end outside.
const HOUR = (new Date().getUTCHours() + UTC_OFFSET / 60) % 24

/** What an audience may ask of a request: true of some of those below, and false of others. */
const ASKED: { readonly [name: string]: Condition } = {
  country: { attr: 'geo.country', is: 'GB' },
  phone: { attr: 'device.type', is: 'mobile' },
  mac: { attr: 'device.os', is: 'macos' },
  firefox: { attr: 'device.browser', is: 'firefox' },
  german: { attr: 'language', is: 'de-CH' },
  tent: { attr: 'url.path', is: '/product/tent' },
  here: { attr: 'url.host', startsWith: '127.' },
  size: { attr: 'query.size', is: '2' },
  mail: { attr: 'utm.source', is: 'mail' },
  third: { attr: 'session.number', is: 3 },
  deep: { attr: 'session.pageViews', atLeast: 3 },
  known: { attr: 'visitor.known', is: true },
  back: { attr: 'visitor.returning', is: true },
  about: { when: { hours: [(HOUR + 18) % 24, (HOUR + 6) % 24], timezone: 'visitor' } },
  // Told to nobody but the page: these stay.
  search: { attr: 'referrer.host', is: 'search.example' },
}
const STILL = ['search', 'not-search']

const BROWSERS = [
  {
    'user-agent':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
    'accept-language': 'de-CH, de;q=0.9',
    'cf-ipcountry': 'GB',
  },
  {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'accept-language': 'en',
    'x-vercel-ip-country': 'NO',
  },
]
// What Chromium says where a page asks, and not where it begins a socket.
const HINTS = { 'sec-ch-ua-mobile': '?1', 'sec-ch-ua-platform': '"macOS"' }
const PAGES = ['/product/tent?size=2&utm_source=mail', '/product/boots/?size=&size=2', '/product/tent']

function rulesetOf(): Ruleset {
  const audiences = Object.entries(ASKED).flatMap(([name, condition]): [string, Condition][] => [
    [name, { all: [condition, { segment: 'looked' }] }],
    [`not-${name}`, { all: [{ not: condition }, { segment: 'looked' }] }],
  ])
  return {
    version: 1,
    revision: 'r1',
    events: { view_item: {} },
    segments: {
      looked: { when: { count: 'view_item', atLeast: 2 } },
      ...Object.fromEntries(audiences.map(([name, when]) => [name, { when }])),
    },
    placements: Object.fromEntries(
      audiences.map(([name]) => [name, { baseline: 'no', variants: ['no', 'yes'] }]),
    ),
    experiences: audiences.map(([name]) => ({
      key: name,
      placement: name,
      audience: { segment: name },
      allocation: [{ variant: 'yes', share: 1 }],
    })),
    routes: { '/product/[slug]': audiences.map(([name]) => name) },
    budget: 1_000_000_000,
  }
}

/** What a page hears over its socket after a second look, and what its next request is decided to show. */
async function compare(
  served: Served,
  ruleset: Ruleset,
  browser: { readonly [name: string]: string },
  page: string,
): Promise<readonly [live: Record<string, string>, next: Record<string, string>]> {
  const now = Math.floor(Date.now() / 1000)
  const session = `3.4.${now - 60}.${now}`
  const cookies = new Map([
    ['attune_consent', 'preferences'],
    ['attune_session', session],
  ])
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const ask = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(served.base + path, {
      method: 'POST',
      headers: {
        ...browser,
        ...HINTS,
        'content-type': 'application/json',
        origin: served.base,
        cookie: cookie(),
      },
      body: JSON.stringify(body),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    return answer.json()
  }
  const batch = (id: string, days: number) => ({
    sent: now * 1000,
    utcOffset: UTC_OFFSET,
    page: new URL(page, served.base).pathname,
    events: [
      {
        id: `${id}-${page}-${browser['user-agent']}`.slice(0, 60),
        name: 'view_item',
        time: (now - days * DAY) * 1000,
        properties: {},
      },
    ],
  })
  await ask('/attune/collect', batch('a', 2))
  const { ticket } = await ask('/attune/socket', {})
  // Node takes headers, which browsers set themselves.
  const options = { headers: { ...browser, origin: served.base, cookie: cookie() } } as unknown as string
  const socket = new WebSocket(`${served.base.replace('http', 'ws')}/attune/socket`, options)
  const said: { readonly n: number; readonly answer: { readonly decisions: Record<string, string> } }[] = []
  socket.onmessage = ({ data }) => said.push(JSON.parse(data))
  await new Promise((resolve) => {
    socket.onopen = resolve
  })
  socket.send(JSON.stringify({ ticket }))
  const names = Object.keys(ruleset.placements ?? {})
  const live: Record<string, string> = {}
  for (let at = 0; at * 20 < names.length; at++) {
    const placements = names.slice(at * 20, at * 20 + 20)
    const head = { n: at + 1, consent: 'preferences', session, page: served.base + page, placements }
    socket.send(`${JSON.stringify(head)}\n${JSON.stringify(batch(`b${at}`, 0))}`)
    await expect.poll(() => said.at(-1)?.n, PATIENCE).toBe(at + 1)
    Object.assign(live, said.at(-1)?.answer.decisions)
  }
  socket.close()
  await ask('/attune/socket', { utcOffset: UTC_OFFSET })
  const { personalize } = createPersonalizer({ ruleset: publishRuleset(ruleset), secret: SECRET })
  const shown = await personalize(
    new Request(served.base + page, {
      headers: { ...browser, ...HINTS, host: new URL(served.base).host, cookie: cookie() },
    }),
    { document: true },
  )
  const next = (shown?.decisions ?? []).map(({ placement, variant }) => [placement, variant])
  return [live, Object.fromEntries(next)]
}

test('what a page hears over its socket is what its next request shows, whatever of the request audiences look at', async () => {
  const ruleset = rulesetOf()
  const served = await startServing(['--sockets'], {
    folder: makeFolder({ 'rules.json': JSON.stringify(ruleset) }),
  })
  const heard = new Set<string>()
  for (const browser of BROWSERS) {
    for (const page of PAGES) {
      const [live, next] = await compare(served, ruleset, browser, page)
      const told = Object.fromEntries(Object.entries(next).filter(([name]) => !STILL.includes(name)))
      expect(live).toEqual(told)
      for (const [name, variant] of Object.entries(live)) heard.add(`${name} ${variant}`)
    }
  }
  // Each was decided both ways, but what is true of everybody who has a socket and of this time of day.
  const both = Object.keys(ASKED).filter((name) => heard.has(`${name} yes`) && heard.has(`${name} no`))
  expect(both).toEqual(['country', 'firefox', 'german', 'tent', 'size', 'mail'])
  const told = served
    .err()
    .split('\n')
    .filter((line) => line.includes('as a live placement'))
  expect(told).toHaveLength(STILL.length)
  expect(told[0]).toContain('`search`')
})

test('without a header that tells the place, what looks at it stays', async () => {
  const ruleset = rulesetOf()
  const served = await startServing(['--sockets'], {
    folder: makeFolder({ 'rules.json': JSON.stringify(ruleset) }),
  })
  const { 'cf-ipcountry': _, ...browser } = BROWSERS[0]!
  const [live] = await compare(served, ruleset, browser, '/product/tent')
  expect(live).not.toHaveProperty('country')
  expect(live).not.toHaveProperty('not-country')
  expect(live).toHaveProperty('tent')
})
