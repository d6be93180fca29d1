import { createMemoryConsentLog } from '@attune/storage/consent'
import { createMemoryStore } from '@attune/storage/memory'
import { describe, expect, test } from 'vitest'
import { createRights, type RightsOptions } from '../../src/index.ts'
import { createRightsSender, createServerSender } from '../../src/server.ts'
import { COMPILED, makeEvent, NOW, VISITOR } from '../builders.ts'

const secret = 'a secret of the servers that is long enough'
const endpoint = 'https://shop.example/attune/rights'

async function makeRights(changes: Partial<RightsOptions> = {}) {
  const store = createMemoryStore()
  await store.append({ visitor: VISITOR, events: [makeEvent()], plan: COMPILED.plan })
  const written: object[] = []
  const rights = createRights({
    store,
    log: createMemoryConsentLog(),
    pseudonyms: () => ['p'],
    serverSecret: secret,
    clock: () => NOW,
    writeDown: async (entry, act) => {
      const { value, counts } = await act()
      written.push({ ...entry, counts })
      return value
    },
    onError: (error) => {
      throw new Error('unexpected trouble', { cause: error })
    },
    ...changes,
  })
  const sent: Request[] = []
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, init)
    sent.push(request.clone())
    return url.endsWith('/erase') ? rights.erase(request) : rights.export(request)
  }
  const sender = createRightsSender({ endpoint, secret, clock: () => NOW, fetch })
  return { rights, sender, store, written, sent, fetch }
}

describe('a server that signs', () => {
  test('gets all that is kept, and has it erased; both are written down', async () => {
    const { sender, store, written } = await makeRights()
    const exported = await sender.export(VISITOR)
    expect([exported.status, await exported.json()]).toMatchObject([200, { visitor: VISITOR, events: [{}] }])
    const erased = await sender.erase(VISITOR)
    const receipt = await erased.text()
    expect(JSON.parse(receipt)).toMatchObject({ at: NOW, profiles: 1, events: 1, proofs: 0 })
    expect(receipt).not.toContain(VISITOR)
    expect(await store.exportVisitor(VISITOR)).toBeNull()
    expect((await sender.export(VISITOR)).status).toBe(404)
    expect(written).toMatchObject([
      { action: 'profile.export', actor: 'server', subject: VISITOR, counts: { events: 1 } },
      { action: 'profile.erase', actor: 'server', counts: { profiles: 1 } },
      { action: 'profile.export' },
    ])
  })

  test('signs each question for itself: no signature is good twice, or for something else', async () => {
    const { sender, rights, sent, fetch } = await makeRights()
    await sender.export(VISITOR)
    const [first] = sent
    expect((await rights.export(first!.clone())).status).toBe(403)
    expect((await rights.erase(first!.clone())).status).toBe(403)
    const events = createServerSender({ endpoint: `${endpoint}/erase`, secret, clock: () => NOW, fetch })
    const batch = { visitor: VISITOR, consent: {}, events: [] }
    expect((await events.send(batch)).status).toBe(403)
  })

  test.each([
    ['with another secret', { secret: 'another secret that is quite long enough' }],
    ['of another site', { site: 'other' }],
    ['an hour late', { clock: () => NOW - 3_600_000 }],
    ['an hour ahead', { clock: () => NOW + 3_600_000 }],
  ])('%s is refused', async (_name, changes) => {
    const { store, fetch } = await makeRights()
    const sender = createRightsSender({ endpoint, secret, clock: () => NOW, fetch, ...changes })
    expect((await sender.erase(VISITOR)).status).toBe(403)
    expect(await store.exportVisitor(VISITOR)).not.toBeNull()
  })
})

test('without a secret no server is heard, and a caller whose role was looked at is', async () => {
  const { rights, sender, written } = await makeRights({ serverSecret: undefined })
  expect((await sender.export(VISITOR)).status).toBe(403)
  const request = () =>
    new Request(`${endpoint}/export`, { method: 'POST', body: JSON.stringify({ visitor: VISITOR }) })
  expect((await rights.export(request())).status).toBe(403)
  expect((await rights.export(request(), { name: 'dpo', role: 'privacy-officer' })).status).toBe(200)
  expect(written).toMatchObject([{ actor: 'dpo', role: 'privacy-officer' }])
})

test.each([
  ['no visitor', '{}'],
  ['two', `{"visitor":"a","visitor":"b"}`],
  ['more', `{"visitor":"a","site":"b"}`],
  ['a list', '["a"]'],
  ['no JSON', 'visitor=a'],
])('a question with %s is refused', async (_name, body) => {
  const { rights } = await makeRights()
  const request = new Request(`${endpoint}/erase`, { method: 'POST', body })
  expect((await rights.erase(request, { name: 'dpo', role: 'privacy-officer' })).status).toBe(400)
})

test('what cannot be written down is not done', async () => {
  const told: string[] = []
  const { sender, store } = await makeRights({
    writeDown: async () => Promise.reject(new Error('the disk is full')),
    onError: (_, step) => told.push(step),
  })
  expect((await sender.erase(VISITOR)).status).toBe(503)
  expect(told).toEqual(['rights-erase'])
  expect(await store.exportVisitor(VISITOR)).not.toBeNull()
})
