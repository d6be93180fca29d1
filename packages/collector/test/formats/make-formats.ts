import type { Ruleset } from '@attune/core'
import type { FormatsOptions } from '../../src/hear-formats.ts'
import { createFormats } from '../../src/index.ts'
import { makeCollector, makeStore, NOW, RULESET, type SpyStore } from '../builders.ts'

export const WRITE_KEY = 'a write key of our servers'
export const API_SECRET = 'a secret of our tag server'
export const VISITOR_ID = 'visitor-of-the-shop'

/** The shop with events that other tools tell of. */
export const SHOP: Ruleset = {
  ...RULESET,
  events: {
    ...RULESET.events,
    add_to_cart: { properties: { item_id: 'string', value: 'number' } },
    purchase: { properties: { value: 'number', item_count: 'number' }, signed: true },
  },
  traits: { plan: { type: 'string' }, sports: { type: 'list' } },
}

export interface Heard {
  readonly store: SpyStore
  post(path: string, body: unknown, headers?: { readonly [name: string]: string }): Promise<Response>
}

/** A collector that hears formats, of visitors who granted `preferences` but for what a test changes. */
export function makeFormats(changes: Partial<FormatsOptions> = {}): Heard {
  const store = makeStore()
  const { handle } = createFormats({
    collector: makeCollector({ ruleset: SHOP, store }),
    writeKeys: [WRITE_KEY],
    apiSecrets: { 'G-1': API_SECRET },
    consent: () => ({ preferences: true }),
    clock: () => NOW,
    createId: () => 'made-here',
    ...changes,
  })
  return {
    store,
    post: (path, body, headers = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` }) =>
      handle(
        new Request(`https://shop.example/attune/in${path}`, {
          method: 'POST',
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers,
        }),
      ),
  }
}
