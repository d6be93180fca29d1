import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createAccounts } from '@attune/collector'
import { ROLES } from '@attune/collector/roles'
import { createIdentitySender, createRightsSender } from '@attune/collector/server'
import { verifyAuditFile } from '@attune/storage/audit'
import { expect, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { servedRoutes } from '../src/serve/route-request.ts'
import { makeIo } from './support/make-io.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const ATTUNE_SERVER_SECRET = 'a secret that our own servers sign with'
const ATTUNE_AUDIT_KEY = 'a key of the audit log alone that is long enough'
const tokenOf = (role: string): string => `the-token-of-${role}-0123456789`
const ATTUNE_KEYS = ROLES.map(
  (role) => `${role}:${role}:${createHash('sha256').update(tokenOf(role)).digest('hex')}`,
).join()

interface Known {
  readonly cookie: string
  readonly id: string
}

async function startAudited(more: { readonly [name: string]: string } = {}, options: readonly string[] = []) {
  const folder = makeSite()
  const log = join(folder, 'audit.log')
  const env = { ATTUNE_SERVER_SECRET, ATTUNE_AUDIT_KEY, ATTUNE_KEYS, ATTUNE_AUDIT_LOG: log, ...more }
  return { ...(await startServing(options, { folder, env })), log }
}

/** A visitor who looked at an item of this name. */
async function makeKnown(base: string, item: string): Promise<Known> {
  const answered = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      origin: base,
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify({
      events: [{ id: item, name: 'view_item', time: Date.now(), properties: { item_id: item } }],
    }),
  })
  const cookies = answered.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const cookie = [...cookies, 'attune_consent=preferences'].join('; ')
  return { cookie, id: /attune_visitor=v1~[\w-]+~([\w-]{22})~/.exec(cookie)?.[1] ?? '' }
}

const officer = (base: string, what: string, visitor: string, role = 'privacy-officer') =>
  fetch(`${base}/attune/officer/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenOf(role)}` },
    body: JSON.stringify({ visitor }),
  })

test('a privacy officer exports and erases, nobody else does, and all of it is written down', async () => {
  const { base, log } = await startAudited()
  const { id } = await makeKnown(base, 'kanarienvogel')
  for (const role of ROLES.filter((one) => one !== 'privacy-officer')) {
    for (const what of ['export', 'erase']) expect((await officer(base, what, id, role)).status).toBe(403)
  }
  const exported = await (await officer(base, 'export', id)).json()
  expect(exported).toMatchObject({ visitor: id, events: [{ properties: { item_id: 'kanarienvogel' } }] })
  const receipt = await (await officer(base, 'erase', id)).text()
  expect([JSON.parse(receipt).events, receipt.includes(id)]).toEqual([1, false])
  expect((await officer(base, 'export', id)).status).toBe(404)
  const text = readFileSync(log, 'utf8')
  const told = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const refused = ROLES.filter((one) => one !== 'privacy-officer').flatMap((role) =>
    ['export', 'erase'].map((what) => ['access.refuse', 'refused', role, role, `attune.officer.${what}`]),
  )
  const answered = ['profile.export', 'profile.erase', 'profile.export'].flatMap((action) =>
    ['asked', 'done'].map((outcome) => [action, outcome, 'privacy-officer', 'privacy-officer']),
  )
  expect(
    told.map(({ action, outcome, actor, role, counts }) =>
      outcome === 'refused'
        ? [action, outcome, actor, role, ...Object.keys(counts)]
        : [action, outcome, actor, role],
    ),
  ).toEqual([...refused, ...answered])
  expect(text).not.toContain(id)
  expect((await verifyAuditFile({ path: log, key: [ATTUNE_AUDIT_KEY] })).problems).toEqual([])
})

test('a server of the site asks with its signature, and a visitor on a page of their own', async () => {
  const { base, log } = await startAudited()
  const { id, cookie } = await makeKnown(base, 'kanarienvogel')
  const sender = createRightsSender({ endpoint: `${base}/attune/rights`, secret: ATTUNE_SERVER_SECRET })
  expect(await (await sender.export(id)).json()).toMatchObject({ visitor: id })
  const page = await (await fetch(`${base}/attune/my-data`, { headers: { cookie } })).text()
  const [, token = ''] = [...page.matchAll(/name="token" value="([^"]+)"/g)].map(([, found = '']) => found)
  const erased = await fetch(`${base}/attune/my-data/erase`, {
    method: 'POST',
    headers: { cookie, origin: base },
    body: new URLSearchParams({ token, sure: 'yes' }),
  })
  expect([erased.status, await erased.text()]).toEqual([200, expect.stringContaining('is gone')])
  expect((await sender.export(id)).status).toBe(404)
  const actors = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).actor)
  expect(actors).toEqual(['server', 'server', 'visitor', 'visitor', 'server', 'server'])
})

test('whoever is not let in is written down, once a minute and route however many they are, without what they asked about', async () => {
  const { base, log, end } = await startAudited(
    { ATTUNE_WRITE_KEYS: 'the write key of our shop', ATTUNE_HEALTH_TOKEN: 'the token of health' },
    ['--formats', '--metrics'],
  )
  const { id } = await makeKnown(base, 'kanarienvogel')
  const signed = (path: string) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: {
        'attune-signature': 'v1,1700000000,made-up-made-up-made,AAAA',
        'x-forwarded-for': '203.0.113.9',
      },
      body: JSON.stringify({ visitor: id }),
    })
  for (let time = 0; time < 20; time++) {
    expect((await signed('/attune/rights/export')).status).toBe(403)
    expect((await fetch(`${base}/attune/live/numbers`)).status).toBe(401)
  }
  expect((await signed('/attune/identify')).status).toBe(403)
  expect((await signed('/attune/server-events')).status).toBe(403)
  expect((await fetch(`${base}/attune/collect/profile?visitor=${id}`)).status).toBe(403)
  const guess = { method: 'POST', headers: { authorization: `Basic ${btoa('another key of somebody:')}` } }
  for (let time = 0; time < 2; time++)
    expect((await fetch(`${base}/attune/in/v1/batch`, guess)).status).toBe(401)
  for (const path of ['/health', '/metrics']) expect((await fetch(base + path)).status).toBe(401)
  await end()
  const text = readFileSync(log, 'utf8')
  const records = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(records.map(({ action, outcome, actor, counts }) => [action, outcome, actor, counts])).toEqual([
    ['access.refuse', 'refused', 'nobody', { 'attune.rights.export': 1 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.live.numbers': 1 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.identify': 1 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.server-events': 1 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.collect.profile': 1 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.in.v1.batch': 1 }],
    ['access.refuse', 'refused', 'nobody', { health: 1 }],
    ['access.refuse', 'refused', 'nobody', { metrics: 1 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.rights.export': 19 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.live.numbers': 19 }],
    ['access.refuse', 'refused', 'nobody', { 'attune.in.v1.batch': 1 }],
  ])
  expect(text).not.toContain(id)
  expect(text).not.toContain('203.0.113')
  expect((await verifyAuditFile({ path: log, key: [ATTUNE_AUDIT_KEY] })).problems).toEqual([])
})

test('what cannot be written down is not even refused', async () => {
  const { base, log } = await startAudited()
  mkdirSync(log)
  const answers = [
    await officer(base, 'export', 'v', 'editor'),
    await fetch(`${base}/attune/collect/profile?visitor=v`),
  ]
  for (const answer of answers)
    expect([answer.status, (await answer.json()).error]).toEqual([503, 'not-recorded'])
  rmSync(log, { recursive: true })
  expect((await officer(base, 'export', 'v', 'editor')).status).toBe(403)
})

test('what was answered in a browser before somebody signed in there is the account’s, also with keys at rest', async () => {
  const env = { ATTUNE_KEYS_AT_REST: 'a secret of keys at rest that is long enough' }
  const { base, end } = await startAudited(env)
  const { cookie } = await makeKnown(base, 'before')
  const answered = await fetch(`${base}/attune/consent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base, cookie },
    body: JSON.stringify({ by: 'accept', text: 'of-before' }),
  })
  expect([answered.status, answered.headers.getSetCookie()]).toEqual([204, []])
  const secret = ATTUNE_SERVER_SECRET
  const identity = createIdentitySender({ endpoint: `${base}/attune/identify`, secret })
  const visit = new Request(`${base}/login`, { headers: { cookie } })
  expect((await identity.signIn(visit, { userId: 'user 7' })).outcome).toBe('joined')
  const [account] = createAccounts(SECRET).of('user 7')
  const rights = createRightsSender({ endpoint: `${base}/attune/rights`, secret })
  const consent = [{ by: 'accept', text: 'of-before' }]
  expect(await (await rights.export(account)).json()).toMatchObject({ events: [{}], consent })
  expect(await (await rights.erase(account)).json()).toMatchObject({ events: 1, proofs: 1 })
  expect(await (await rights.erase(account)).json()).toMatchObject({ events: 0, proofs: 1 })
  await end()
})

test('with one visitor’s cookie no route tells of another, wherever the other is named', async () => {
  const { base } = await startAudited()
  const own = await makeKnown(base, 'mine')
  const other = await makeKnown(base, 'kanarienvogel')
  const theirs = /attune_visitor=([^;]+)/.exec(other.cookie)?.[1] ?? ''
  const answered = async () => {}
  const nobody = async () => false
  const live = { page: answered, numbers: answered, events: answered }
  const identity = { identify: answered, signOut: answered, traits: answered }
  const routes = servedRoutes({
    ...{ collect: answered, profile: answered, consent: answered, pixel: answered, live, identity },
    rights: { myData: answered },
    watch: nobody,
  })
  const told: string[] = []
  for (const { path } of routes) {
    // Two streams that only end when somebody leaves; they are for roles.
    if (path.startsWith('/attune/live')) continue
    for (const name of [other.id, theirs]) {
      const named = encodeURIComponent(name)
      const headers = { cookie: own.cookie, origin: base, 'user-agent': BROWSER }
      const asked: [string, RequestInit][] = [
        [`${path}/${named}`, { headers }],
        [`${path}?visitor=${named}&attune_visitor=${named}&id=${named}`, { headers }],
        [path, { headers: { ...headers, 'x-visitor': name, authorization: `Bearer ${name}` } }],
        [
          path,
          { method: 'POST', headers, body: new URLSearchParams({ visitor: name, token: name, sure: 'yes' }) },
        ],
        [
          path,
          {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify({ visitor: name }),
          },
        ],
      ]
      for (const [url, init] of asked) {
        const text = await (await fetch(base + url, init)).text()
        if (text.includes('kanarienvogel')) told.push(`${init.method ?? 'GET'} ${url}`)
      }
    }
  }
  expect(told).toEqual([])
  expect(await (await officer(base, 'export', other.id)).json()).toMatchObject({ events: [{}] })
})

test('without an audit log nobody but the visitor is answered, and a log without its key keeps the server from starting', async () => {
  const { base } = await startServing([], { env: { ATTUNE_SERVER_SECRET, ATTUNE_KEYS } })
  expect((await officer(base, 'export', 'v')).status).toBe(404)
  const sender = createRightsSender({ endpoint: `${base}/attune/rights`, secret: ATTUNE_SERVER_SECRET })
  expect((await sender.erase('v')).status).toBe(404)
  expect((await fetch(`${base}/attune/my-data`)).status).toBe(200)
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ATTUNE_AUDIT_LOG: '/nowhere/audit.log' } })
  const folder = makeSite()
  const where = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
  expect(await main(['serve', ...where], [serve], io, '1')).toBe(2)
  expect(err()).toContain('ATTUNE_AUDIT_LOG needs ATTUNE_AUDIT_KEY')
})
