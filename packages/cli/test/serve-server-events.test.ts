import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServerSender } from '@attune/collector/server'
import { expect, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const SERVER_SECRET = 'a secret that our own servers sign with'
const purchase = () => ({ id: 'order-1', name: 'purchase', time: Date.now(), properties: {} })

async function startSigned(env: { readonly [name: string]: string }) {
  const folder = makeSite()
  const ruleset = makeRuleset({
    events: { view_item: { properties: { item_id: 'string' } }, purchase: { signed: true } },
  })
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(ruleset))
  return startServing([], { folder, env })
}

test('a purchase that a browser claims is refused, and the server’s is taken', async () => {
  const { base } = await startSigned({ ATTUNE_SERVER_SECRET: SERVER_SECRET })
  const claimed = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      origin: base,
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify({ sent: Date.now(), events: [purchase()] }),
  })
  expect(await claimed.json()).toMatchObject({ accepted: 0, rejected: [{ reason: 'reserved' }] })
  const sender = createServerSender({ endpoint: `${base}/attune/server-events`, secret: SERVER_SECRET })
  const batch = { visitor: 'v', consent: { preferences: true }, events: [purchase()] }
  expect(await (await sender.send(batch)).json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
})

test('without a secret of their own servers are not heard', async () => {
  const { base } = await startSigned({})
  expect((await fetch(`${base}/attune/server-events`, { method: 'POST', body: '{}' })).status).toBe(404)
})

test.each([
  ['short', 'ATTUNE_SERVER_SECRET has 5 characters'],
  [SECRET, 'ATTUNE_SERVER_SECRET is also in ATTUNE_SECRET'],
])('the secret "%s" keeps the server from starting', async (secret, message) => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ATTUNE_SERVER_SECRET: secret } })
  expect(await main(['serve', '--ruleset', 'nowhere.json'], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})
