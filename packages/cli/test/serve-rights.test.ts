import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROLES } from '@attune/collector/roles'
import { createRightsSender } from '@attune/collector/server'
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

async function startAudited() {
  const folder = makeSite()
  const log = join(folder, 'audit.log')
  const env = { ATTUNE_SERVER_SECRET, ATTUNE_AUDIT_KEY, ATTUNE_KEYS, ATTUNE_AUDIT_LOG: log }
  return { ...(await startServing([], { folder, env })), log }
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
  expect(told.map(({ action, outcome, actor, role }) => [action, outcome, actor, role])).toEqual(
    ['profile.export', 'profile.erase', 'profile.export'].flatMap((action) =>
      ['asked', 'done'].map((outcome) => [action, outcome, 'privacy-officer', 'privacy-officer']),
    ),
  )
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
