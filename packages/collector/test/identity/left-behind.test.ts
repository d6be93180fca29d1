import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VisitorMovedError } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { createVisitorKeys, withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createCollector } from '../../src/index.ts'
import { createRenewal } from '../../src/renewal.ts'
import {
  COMPILED,
  makeBatch,
  makeEvent,
  makeRequest,
  NOW,
  readAnswer,
  SECRET,
  setCookies,
  VISITOR,
  visitorOf,
} from '../builders.ts'
import {
  ACCOUNT,
  type MergingStore,
  makeIdentity,
  makePageRequest,
  WITH_TRAITS,
} from './identity-builders.ts'

const KEY_AT_REST = 'a secret of keys at rest with more than thirty-two characters'
const CHOOSING = { attune_token: 'any', attune_pin: 'any' }
const GONE = ['attune_pin', 'attune_token', 'attune_visitor']

function openSqlite(): MergingStore {
  const folder = mkdtempSync(join(tmpdir(), 'attune-left-behind-'))
  const store = createSqliteStore({ path: join(folder, 'attune.db') })
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return store
}

/** A visitor who signed in at noon, in a browser that has the cookie of before again. */
async function open(store: MergingStore) {
  const clock = { now: NOW }
  const options = { ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => clock.now }
  const collector = createCollector(options)
  const renewal = createRenewal({ ...options, onError: (error) => expect(error).toBeUndefined() })
  const identity = makeIdentity(options)
  const send = (id: string, cookies: { readonly [name: string]: string } = CHOOSING, headers = {}) =>
    collector.handle(makeRequest({ body: makeBatch([makeEvent(id)]), cookies, headers }))
  await send('before', {})
  await identity.signIn(makePageRequest(), { userId: 'user 7' })
  const renew = () =>
    renewal.handle(makeRequest({ url: 'https://shop.example/attune/socket', body: {}, cookies: CHOOSING }))
  const traits = () =>
    identity.traits(makePageRequest({ url: 'https://shop.example/attune/traits', cookies: CHOOSING }))
  const events = async () => (await store.exportVisitor(ACCOUNT))?.events.map(({ id }) => id)
  return { clock, send, renew, traits, events, store }
}

/** The cookies that an answer takes away; fails on one that it writes. */
function takenAway(answer: Response): readonly string[] {
  const cookies = Object.entries(setCookies(answer))
  for (const [, value] of cookies) expect(value).toContain('Max-Age=0')
  return cookies.map(([name]) => name).sort()
}

describe.each<[string, () => MergingStore]>([
  ['in memory', createMemoryStore],
  ['under keys at rest', () => withPseudonyms(createMemoryStore(), KEY_AT_REST)],
  ['SQLite', openSqlite],
])('a browser that still has the cookie of before a sign-in: %s', (_, create) => {
  test('a minute later has that as its own: it is taken away, what it told is the account’s, and the next visitor is new', async () => {
    const { clock, send, events, store } = await open(create())
    clock.now += 60_000
    const late = await send('late')
    expect([takenAway(late), await readAnswer(late)]).toEqual([
      GONE,
      { accepted: 1, duplicates: 0, rejected: [] },
    ])
    const next = await send('next', { attune_visitor: '' })
    const visitor = visitorOf(next)
    expect(visitor).toMatch(/^[\w-]{22}$/)
    expect([visitor === ACCOUNT, await events()]).toEqual([false, ['before', 'late']])
    expect(await store.load(visitor!, COMPILED.plan)).not.toBeNull()
  })

  test('until then nothing is taken away: the answer to the sign-in may be on its way', async () => {
    const { clock, send, renew, traits } = await open(create())
    clock.now += 59_999
    for (const answer of [await send('late'), await renew(), await traits()])
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
    // Of another server, whose clock is behind.
    clock.now = NOW - 5_000
    expect((await send('later')).headers.getSetCookie()).toEqual([])
  })

  test('is told so as well where it asks for a ticket or for what is known, and gets neither', async () => {
    const { clock, renew, traits } = await open(create())
    clock.now += 60_000
    const [ticket, known] = [await renew(), await traits()]
    expect([takenAway(ticket), await ticket.json()]).toEqual([GONE, {}])
    expect([takenAway(known), await known.json()]).toEqual([
      GONE,
      { traits: {}, shown: ['newsletter', 'reach'] },
    ])
  })
})

test('a browser whose visitor is on the way from its id to a key of it keeps its cookies', async () => {
  const inner = createMemoryStore()
  // As a Redis has it between two steps of `attune rekey`, which began a day ago and was broken off.
  const frozen: MergingStore = {
    ...inner,
    load: async () => null,
    rehearse: async (batch) => {
      if (batch.visitor !== VISITOR) return inner.rehearse(batch)
      throw new VisitorMovedError('moved', createVisitorKeys(KEY_AT_REST).of(VISITOR)[0], NOW - 86_400_000)
    },
  }
  const store = withPseudonyms(frozen, [KEY_AT_REST, 'plain'])
  const options = { ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => NOW }
  const traits = await makeIdentity(options).traits(
    makePageRequest({ url: 'https://shop.example/attune/traits', cookies: CHOOSING }),
  )
  const renewal = createRenewal({ ...options, onError: (error) => expect(error).toBeUndefined() })
  const url = 'https://shop.example/attune/socket'
  const ticket = await renewal.handle(makeRequest({ url, body: {}, cookies: CHOOSING }))
  for (const answer of [traits, ticket])
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
})
