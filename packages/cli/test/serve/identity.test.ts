import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createIdentitySender } from '@attune/collector/server'
import { expect, test, vi } from 'vitest'
import { serve } from '../../src/commands/serve.ts'
import { main } from '../../src/main.ts'
import { makeIo } from '../support/make-io.ts'
import { makeRuleset } from '../support/make-ruleset.ts'
import { BROWSER, makeSite, SECRET, startServing } from '../support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const SERVER_SECRET = 'a secret that our own servers sign with'

async function startKnowing() {
  const folder = makeSite()
  const ruleset = makeRuleset({
    events: { view_item: { properties: { item_id: 'string' } }, purchase: {} },
    traits: { newsletter: { type: 'boolean' }, tier: { type: 'string' } },
  })
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(ruleset))
  const env = { ATTUNE_SERVER_SECRET: SERVER_SECRET }
  const { base } = await startServing(['--show-trait', 'newsletter'], { folder, env })
  return {
    base,
    sender: createIdentitySender({ endpoint: `${base}/attune/identify`, secret: SERVER_SECRET }),
  }
}

/** The cookies of an answer as the next request sends them. */
const sentBack = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ')

function ask(base: string, path: string, cookie: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'user-agent': BROWSER, origin: base, cookie }
  return fetch(base + path, { ...init, headers })
}

test('somebody signs in, is known by what two histories say, and signs out', async () => {
  const { base, sender } = await startKnowing()
  const collect = (cookie: string, id: string) => {
    const event = { id, name: 'view_item', time: Date.now(), properties: { item_id: id } }
    const body = JSON.stringify({ sent: Date.now(), events: [event] })
    return ask(base, '/attune/collect', cookie, { method: 'POST', body })
  }
  const consent = { preferences: true }
  await sender.tell({ userId: 'user 7', consent, traits: { newsletter: true, tier: 'gold' } })
  const first = await collect('attune_consent=preferences', 'before')
  const anonymous = `attune_consent=preferences; ${sentBack(first.headers.getSetCookie())}`
  const visit = new Request(`${base}/login`, { headers: { cookie: anonymous } })
  const { outcome, cookies } = await sender.signIn(visit, { userId: 'user 7' })
  expect(outcome).toBe('joined')
  const signedIn = `attune_consent=preferences; ${sentBack(cookies)}`
  const known = await ask(base, '/attune/traits', signedIn)
  expect(await known.json()).toEqual({ traits: { newsletter: true }, shown: ['newsletter'] })
  // What was seen before the sign-in is the account's: once more it is a repetition.
  expect(await (await collect(signedIn, 'before')).json()).toMatchObject({ accepted: 0, duplicates: 1 })
  const left = await ask(base, '/attune/sign-out', signedIn, { method: 'POST', body: '{}' })
  expect(left.status).toBe(200)
  const after = sentBack(left.headers.getSetCookie())
  expect(after).toMatch(/attune_visitor=; attune_token=; attune_gone=\d{13}; attune_left=\d{13}$/)
  expect(await (await ask(base, '/attune/traits', after)).json()).toEqual({
    traits: {},
    shown: ['newsletter'],
  })
})

test('without a secret of theirs servers say nothing', async () => {
  const { base } = await startServing()
  expect((await fetch(`${base}/attune/identify`, { method: 'POST', body: '{}' })).status).toBe(404)
})

test('a trait that the ruleset does not declare keeps the server from starting', async () => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET } })
  const site = makeSite()
  const options = ['--ruleset', join(site, 'rules.json'), '--data', join(site, 'data'), '--port', '0']
  expect(await main(['serve', ...options, '--show-trait', 'newsleter'], [serve], io, '1')).not.toBe(0)
  expect(err()).toContain('which the ruleset does not declare')
})
