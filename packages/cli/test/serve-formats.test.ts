import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPixelLink } from '@attune/collector/server'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const ATTUNE_WRITE_KEYS = 'the write key of our shop,the write key of our till'
const ATTUNE_API_SECRETS = 'G-SHOP=the secret of our tag server'
const ATTUNE_SERVER_SECRET = 'a secret that our own servers sign with'
const env = { ATTUNE_WRITE_KEYS, ATTUNE_API_SECRETS, ATTUNE_SERVER_SECRET }

function makeMailSite(): string {
  const folder = makeSite()
  const events = {
    view_item: {},
    page_view: { properties: { page_path: 'string' as const } },
    email_open: {},
  }
  const ruleset = makeRuleset({ events: { ...events, purchase: {} } })
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(ruleset))
  return folder
}

const track = (base: string, key: string) =>
  fetch(`${base}/attune/in/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:`)}` },
    body: JSON.stringify({
      anonymousId: 'v',
      event: 'Product Viewed',
      context: { consent: { categoryPreferences: { preferences: true } } },
    }),
  })

test('with --formats whoever has a write key is heard, and nobody else', async () => {
  const { base } = await startServing(['--formats', '--unknown-consent', 'believe'], { env })
  expect(await (await track(base, 'the write key of our till')).json()).toMatchObject({ accepted: 1 })
  expect((await track(base, 'another key of somebody')).status).toBe(401)
  const ga4 = (secret: string) =>
    fetch(`${base}/attune/in/mp/collect?measurement_id=G-SHOP&api_secret=${encodeURIComponent(secret)}`, {
      method: 'POST',
      body: JSON.stringify({ client_id: 'v', events: [{ name: 'view_item' }] }),
    })
  expect([(await ga4('the secret of our tag server')).status, (await ga4('another')).status]).toEqual([
    204, 401,
  ])
})

test('what a format says of somebody who answered no banner grants nothing, unless the owner has it believed', async () => {
  const { base } = await startServing(['--formats'], { env })
  expect(await (await track(base, 'the write key of our till')).json()).toMatchObject({
    accepted: 0,
    rejected: [{ reason: 'consent' }],
  })
  const unasked = await startServing(['--formats', '--unasked', 'preferences'], { env })
  expect(await (await track(unasked.base, 'the write key of our till')).json()).toMatchObject({ accepted: 1 })
})

test('while nobody chose whom to believe, a line at the start says what is lost, where anybody may tell', async () => {
  const heard = async (options: readonly string[], around: { readonly [name: string]: string }) => {
    const { err, end } = await startServing(options, { env: around })
    await end()
    return err().includes('--unknown-consent believe')
  }
  const { ATTUNE_SERVER_SECRET: mails, ...keys } = env
  expect(await heard(['--formats'], keys)).toBe(true)
  expect(await heard([], { ATTUNE_SERVER_SECRET: mails })).toBe(true)
  expect(await heard([], {})).toBe(false)
  for (const word of ['refuse', 'believe'])
    expect(await heard(['--formats', '--unknown-consent', word], env)).toBe(false)
})

test('what GA4 has no word for is granted as far as its visitor answered our banner, and no further', async () => {
  const { base } = await startServing(['--formats'], { env })
  const { headers, cookies, visitor } = await becomeKnown(base)
  const tell = (consent: string) =>
    fetch(`${base}/attune/consent`, {
      method: 'POST',
      headers: { ...headers, cookie: [...cookies, `attune_consent=${consent}`].join('; ') },
      body: JSON.stringify({ by: 'banner' }),
    })
  const send = async (client_id: string) => {
    const secret = encodeURIComponent('the secret of our tag server')
    const consent = { ad_user_data: 'GRANTED', ad_personalization: 'GRANTED' }
    const sent = await fetch(`${base}/attune/in/mp/collect?measurement_id=G-SHOP&api_secret=${secret}`, {
      method: 'POST',
      body: JSON.stringify({ client_id, consent, events: [{ name: 'view_item' }] }),
    })
    return [sent.headers.get('attune-accepted'), sent.headers.get('attune-rejected')]
  }
  expect(await send(visitor)).toEqual(['0', '1 consent'])
  expect((await tell('preferences')).status).toBe(204)
  expect([await send(visitor), await send('somebody else')]).toEqual([
    ['1', '0'],
    ['0', '1 consent'],
  ])
  expect((await tell('none')).status).toBe(204)
  expect(await send(visitor)).toEqual(['0', '1 consent'])
})

test('without --formats they are heard of nobody', async () => {
  const { base } = await startServing([], { env })
  expect((await track(base, 'the write key of our till')).status).toBe(404)
})

test('a write key is limited by itself, and who guesses keys by their address', async () => {
  const { base } = await startServing(['--formats', '--key-rate', '1'], { env })
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => track(base, 'the write key of our shop')),
  )
  const limited = answers.filter(({ status }) => status === 429)
  expect(limited.length).toBeGreaterThan(0)
  expect(limited.every(({ headers }) => Number(headers.get('retry-after')) >= 1)).toBe(true)
  expect((await track(base, 'the write key of our till')).status).toBe(200)
})

test.each([
  [{}, ['--formats'], '--formats lets nobody in'],
  [{ ATTUNE_WRITE_KEYS: 'short' }, ['--formats'], 'ATTUNE_WRITE_KEYS is keys'],
  [{ ATTUNE_API_SECRETS: 'no equals sign in here' }, ['--formats'], 'ATTUNE_API_SECRETS G-SHOP=secret'],
  [{}, ['--limits', 'off', '--key-rate', '5'], '--key-rate limits, and --limits off does not'],
])('%j with %j keeps the server from starting', async (given, options, message) => {
  const folder = makeSite()
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ...given } })
  const where = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
  expect(await main(['serve', ...where, ...options], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})

test('a mail that is opened counts when its visitor has said yes, and not said no since', async () => {
  const folder = makeMailSite()
  const { base, end } = await startServing([], { folder, env })
  const { headers, cookies, visitor } = await becomeKnown(base)
  const open = async (campaign: string) => {
    const consent = { preferences: true }
    const link = {
      endpoint: `${base}/attune/pixel.gif`,
      secret: ATTUNE_SERVER_SECRET,
      visitor,
      consent,
      campaign,
    }
    expect((await fetch(await createPixelLink(link), { headers: { 'user-agent': BROWSER } })).status).toBe(
      200,
    )
  }
  const tell = async (consent: string) => {
    const told = await fetch(`${base}/attune/consent`, {
      method: 'POST',
      headers: { ...headers, cookie: [...cookies, `attune_consent=${consent}`].join('; ') },
      body: JSON.stringify({ by: 'choices' }),
    })
    expect(told.status).toBe(204)
  }
  await open('before any answer')
  await tell('preferences')
  await open('first')
  await tell('none')
  await open('second')
  await end()
  const store = createSqliteStore({ path: join(folder, 'data', 'attune.db') })
  const { events = [] } = (await store.exportVisitor(visitor)) ?? {}
  expect(events.map(({ name }) => name).sort()).toEqual(['email_open', 'view_item'])
  expect(await store.rejectedCounts()).toEqual({ consent: 2 })
  await store.close()
})

/** A browser that said yes and was heard once: its headers, its cookies and its id. */
async function becomeKnown(base: string) {
  const headers = { 'user-agent': BROWSER, origin: base, 'content-type': 'application/json' }
  const answered = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: { ...headers, cookie: 'attune_consent=preferences' },
    body: JSON.stringify({ events: [{ id: 'a', name: 'view_item', time: Date.now(), properties: {} }] }),
  })
  const cookies = answered.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const [visitor = ''] = /(?<=~)[\w-]{22}(?=~)/.exec(cookies.join()) ?? []
  return { headers, cookies, visitor }
}
