import { createSealKeys, encodeVisitor } from '@attune/core'
import { createMemoryConsentLog } from '@attune/storage/consent'
import { createMemoryStore } from '@attune/storage/memory'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/accounts.ts'
import {
  createConsentRecorder,
  eraseVisitorData,
  exportVisitorData,
  type IdentityOptions,
  pseudonymsOf,
} from '../../src/index.ts'
import {
  COMPILED,
  makeEvent,
  makeRequest,
  NOW,
  RULESET,
  SECRET,
  VISITOR,
  visitorCookie,
} from '../builders.ts'
import { ACCOUNT, makeIdentity, makePageRequest } from '../identity/identity-builders.ts'

const PHONE = 'BBBBBBBBBBBBBBBBBBBBBA'
const OLDER = 'an older secret of at least thirty-two characters'
const KEYS_AT_REST = 'a secret of keys at rest with more than thirty-two characters'
const CHANGE = {
  time: NOW,
  granted: ['preferences'] as const,
  by: 'accept',
  region: null,
  globalPrivacyControl: false,
}

/** A site that keeps proofs; `answer` says yes in the browser of a visitor, `names` tells whose proofs an export of somebody holds. */
function open({
  isPseudonymous = false,
  ...changes
}: { isPseudonymous?: boolean } & Partial<IdentityOptions> = {}) {
  const store = isPseudonymous ? withPseudonyms(createMemoryStore(), KEYS_AT_REST) : createMemoryStore()
  const log = createMemoryConsentLog()
  const recorder = createConsentRecorder({ ruleset: RULESET, secret: SECRET, store, log, clock: () => NOW })
  const pseudonyms = (visitor: string) => pseudonymsOf(SECRET, 'site', visitor)
  const source = { store, log, pseudonyms }
  const add = (visitor: string, id = `of ${visitor}`) =>
    store.append({ visitor, events: [makeEvent(id)], plan: COMPILED.plan })
  const answer = async (visitor: string, text: string) => {
    const headers = { origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' }
    const cookies = { attune_visitor: visitorCookie(visitor) }
    const url = 'https://shop.example/attune/consent'
    const told = await recorder.handle(makeRequest({ url, headers, cookies, body: { by: 'accept', text } }))
    expect(told.status).toBe(204)
  }
  const identity = makeIdentity({ store, log, ...changes })
  const signIn = (visitor: string, userId = 'user 7') =>
    identity.signIn(makePageRequest({ cookies: { attune_visitor: visitorCookie(visitor) } }), { userId })
  const names = async (visitor: string) =>
    (await exportVisitorData(source, visitor, NOW))?.consent.map(({ text }) => text)
  return { store, log, source, add, answer, signIn, names }
}

describe.each([false, true])(
  'with keys at rest: %j, what was answered before a sign-in',
  (isPseudonymous) => {
    const openTwo = async () => {
      const site = open({ isPseudonymous })
      for (const visitor of [VISITOR, PHONE, 'CCCCCCCCCCCCCCCCCCCCCA']) await site.add(visitor)
      await site.answer(VISITOR, 'desk')
      await site.answer(PHONE, 'phone')
      await site.answer('CCCCCCCCCCCCCCCCCCCCCA', 'somebody-else')
      await site.signIn(VISITOR)
      await site.signIn(PHONE)
      await site.answer(ACCOUNT, 'signed-in')
      return site
    }

    test('is in the export of the account, and in nobody else’s', async () => {
      const { names } = await openTwo()
      expect(await names(ACCOUNT)).toEqual(['desk', 'phone', 'signed-in'])
      expect(await names('CCCCCCCCCCCCCCCCCCCCCA')).toEqual(['somebody-else'])
    })

    test('is counted in the receipt of an erase, as often as it is asked for, and stays', async () => {
      const { source, log } = await openTwo()
      const receipt = await eraseVisitorData(source, ACCOUNT, NOW)
      expect(receipt).toMatchObject({ profiles: 1, proofs: 3 })
      expect(await eraseVisitorData(source, ACCOUNT, NOW)).toEqual({ ...receipt, profiles: 0, events: 0 })
      expect(await log.read()).toHaveLength(4)
    })

    test('goes where the log erases the account', async () => {
      const { source, log } = await openTwo()
      expect(await log.erase(source.pseudonyms(ACCOUNT))).toBe(3)
      expect((await log.read()).map(({ text }) => text)).toEqual(['somebody-else'])
    })

    test('is found where it was noted while another secret was the newest', async () => {
      const { store, log, add, signIn } = open({ isPseudonymous, secret: [SECRET, OLDER] })
      const [older] = createAccounts(OLDER).of('user 7')
      const keep = (visitor: string, text: string) => {
        const [pseudonym] = pseudonymsOf(OLDER, 'site', visitor)
        return log.append({ ...CHANGE, pseudonym, text })
      }
      await add(VISITOR)
      await keep(VISITOR, 'desk')
      await keep(older, 'older account')
      const attune_visitor = encodeVisitor(createSealKeys(OLDER), 'site', VISITOR)
      const before = makeIdentity({ store, log, secret: OLDER })
      await before.signIn(makePageRequest({ cookies: { attune_visitor } }), { userId: 'user 7' })
      await signIn(older)
      const pseudonyms = (id: string) => pseudonymsOf([SECRET, OLDER], 'site', id)
      const kept = await exportVisitorData({ store, log, pseudonyms }, ACCOUNT, NOW)
      expect(kept?.consent.map(({ text }) => text)).toEqual(['desk', 'older account'])
    })

    test('stays with whom the browser was merged into before, and with nobody when it was erased', async () => {
      const { add, answer, signIn, names, store } = open({ isPseudonymous })
      await add(VISITOR)
      await answer(VISITOR, 'desk')
      await signIn(VISITOR)
      await signIn(VISITOR, 'user 8')
      await add(PHONE)
      await answer(PHONE, 'phone')
      await store.erase(PHONE, NOW)
      await signIn(PHONE, 'user 8')
      const [other] = createAccounts(SECRET).of('user 8')
      expect([await names(ACCOUNT), await names(other)]).toEqual([['desk'], undefined])
    })
  },
)

test('while the log cannot note it, nobody is joined', async () => {
  const { add, signIn, store } = open({
    log: { absorb: () => Promise.reject(new Error('the disk is full')) },
  })
  await add(VISITOR)
  await expect(signIn(VISITOR)).rejects.toThrow('the disk is full')
  expect(await store.load(VISITOR, COMPILED.plan)).not.toBeNull()
  expect(await store.absorbedBy(ACCOUNT)).toEqual([])
})

test('what a store joined while nothing was noted is found by the ids that it knows', async () => {
  const { add, answer, signIn, names, source } = open({ log: undefined })
  await add(VISITOR)
  await answer(VISITOR, 'desk')
  await signIn(VISITOR)
  expect(await names(ACCOUNT)).toEqual(['desk'])
  // The list goes with the account.
  expect(await eraseVisitorData(source, ACCOUNT, NOW)).toMatchObject({ profiles: 1, proofs: 1 })
})
