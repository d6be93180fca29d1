import type { Ruleset } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { createAccounts, createIdentity, type Identity, type IdentityOptions } from '../../src/index.ts'
import { makeRequest, NOW, type RequestParts, RULESET, SECRET } from '../builders.ts'

export const SERVER_SECRET = 'a secret that only the servers of the shop know'
export const TRAITS: NonNullable<Ruleset['traits']> = {
  newsletter: { type: 'boolean' },
  size: { type: 'number' },
  sports: { type: 'list' },
  note: { type: 'string' },
  tier: { type: 'string', sources: { crm: 3, browser: 1 } },
  reach: { type: 'string', purpose: 'marketing' },
}
export const WITH_TRAITS: Ruleset = { ...RULESET, traits: TRAITS }
export const ACCOUNT: string = createAccounts(SECRET).of('user 7')[0]

export type MergingStore = ReturnType<typeof createMemoryStore>

export function makeIdentity(changes: Partial<IdentityOptions> = {}): Identity {
  return createIdentity({
    ruleset: WITH_TRAITS,
    secret: SECRET,
    store: createMemoryStore(),
    serverSecret: SERVER_SECRET,
    shownTraits: ['newsletter', 'reach'],
    clock: () => NOW,
    onError: (error, step) => {
      throw new Error(`unexpected trouble in ${step}`, { cause: error })
    },
    ...changes,
  })
}

/** A request of a page: for something to be signed in with, or asked. */
export function makePageRequest(parts: RequestParts = {}): Request {
  return makeRequest({ method: 'GET', url: 'https://shop.example/account', ...parts })
}
