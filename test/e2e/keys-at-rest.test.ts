import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealKeys, decodeVisitor } from '@attune/core'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { exportCommand } from '../../packages/cli/src/commands/export.ts'
import { main } from '../../packages/cli/src/main.ts'
import { makeIo } from '../../packages/cli/test/support/make-io.ts'
import { readKeysAtRest } from '../../scripts/lib/secret.mjs'
import { createVisitor, type HttpVisitor } from '../support/http-visitor.ts'
import { type ShopServer, startShop } from '../support/shop-server.ts'

const SECRET = 'a secret of a shop that is started more than once'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-keys-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  // What surrounds the tests may have its own.
  vi.stubEnv('ATTUNE_DATA', '')
  vi.stubEnv('ATTUNE_KEYS_AT_REST', '')
  return () => vi.unstubAllEnvs()
})

async function startWith(data: string, keys: string): Promise<ShopServer> {
  const shop = await startShop({ ATTUNE_SECRET: SECRET, ATTUNE_DATA: data, ATTUNE_KEYS_AT_REST: keys })
  onTestFinished(shop.stop)
  return shop
}

/** Somebody who looked at so many things for hikers. */
async function makeHiker(shop: ShopServer, looks = 3): Promise<HttpVisitor> {
  const visitor = createVisitor(shop.origin)
  visitor.grant('preferences')
  await look(visitor, looks)
  return visitor
}

async function look(visitor: HttpVisitor, looks: number): Promise<void> {
  const properties = { item_id: 'trail-boots', item_category: 'hiking' }
  const answer = await visitor.send(Array.from({ length: looks }, () => ({ name: 'view_item', properties })))
  expect(await answer.json()).toMatchObject({ accepted: looks })
}

const idOf = ({ cookies }: HttpVisitor): string =>
  decodeVisitor(createSealKeys(SECRET), 'site', cookies.get('attune_visitor') ?? '') ?? ''

/** The same person at another start of the shop, without what their token would tell. */
function comeBack(to: ShopServer, { cookies }: HttpVisitor): HttpVisitor {
  const visitor = createVisitor(to.origin)
  for (const name of ['attune_visitor', 'attune_consent']) visitor.cookies.set(name, cookies.get(name) ?? '')
  return visitor
}

/** Files of a data folder that hold these bytes. */
function filesWith(data: string, text: string): readonly string[] {
  return readdirSync(data).filter((name) => readFileSync(join(data, name)).includes(text))
}

/** What `attune export` says of somebody. */
async function exported(data: string, visitor: string, keys: string) {
  const { io, out, err } = makeIo({ env: { ATTUNE_KEYS_AT_REST: keys } })
  const words = ['export', '--data', data, '--without-audit', '--', visitor]
  const code = await main(words, [exportCommand], io, '1')
  return { code, events: code === 0 ? JSON.parse(out()).events.length : 0, err: err() }
}

test('the shop’s files hold nobody under the id of their cookie, and whoever has the keys finds them', async () => {
  const data = mkdtempSync(join(folder, 'data-'))
  const keys = readKeysAtRest(data, mkdtempSync(join(folder, 'state-')))
  const shop = await startWith(data, keys)
  const visitor = await makeHiker(shop)
  expect(idOf(visitor)).toHaveLength(22)
  expect(filesWith(data, 'trail-boots')).not.toEqual([])
  expect(filesWith(data, idOf(visitor))).toEqual([])
  // A machine under load may take longer than a page waits.
  await expect
    .poll(async () => (await comeBack(shop, visitor).get('/')).variants['home-hero'], { timeout: 15_000 })
    .toBe('hiking')
  expect(await exported(data, idOf(visitor), keys)).toMatchObject({ code: 0, events: 3 })
  expect(await exported(data, idOf(visitor), '')).toMatchObject({
    code: 2,
    err: expect.stringContaining('ATTUNE_KEYS_AT_REST is not set. Set it as the site had it'),
  })
})

test('a data folder of an earlier version goes on: its visitors are known, and moved when they come back', async () => {
  const [data, state] = [mkdtempSync(join(folder, 'data-')), mkdtempSync(join(folder, 'state-'))]
  const earlier = await startWith(data, 'plain')
  const visitor = await makeHiker(earlier)
  expect(filesWith(data, idOf(visitor))).not.toEqual([])
  await earlier.stop()

  const keys = readKeysAtRest(data, state)
  expect(keys).toMatch(/^[\w-]{43},plain$/)
  const shop = await startWith(data, keys)
  const back = comeBack(shop, visitor)
  await expect
    .poll(async () => (await comeBack(shop, visitor).get('/')).variants['home-hero'], { timeout: 15_000 })
    .toBe('hiking')
  await look(back, 1)
  expect(idOf(back)).toBe(idOf(visitor))
  await shop.stop()
  // They stand under the secret alone now.
  expect(await exported(data, idOf(visitor), keys.replace(',plain', ''))).toMatchObject({
    code: 0,
    events: 4,
  })
})

test('the secret of the demo is made once, for its owner alone; what the environment says goes before it', () => {
  const state = mkdtempSync(join(folder, 'state-'))
  const data = mkdtempSync(join(folder, 'data-'))
  const made = readKeysAtRest(data, state)
  expect(made).toMatch(/^[\w-]{43}$/)
  expect(statSync(join(state, 'keys-at-rest')).mode & 0o777).toBe(0o600)
  // Its own profiles came after it.
  writeFileSync(join(data, 'attune.db'), '')
  expect(readKeysAtRest(data, state)).toBe(made)
  vi.stubEnv('ATTUNE_DATA', data)
  expect(readKeysAtRest(data, state)).toBe(`${made},plain`)
  vi.stubEnv('ATTUNE_KEYS_AT_REST', 'plain')
  expect(readKeysAtRest(data, state)).toBe('plain')
})
