import { type ConsentLog, createMemoryConsentLog } from '@attune/storage/consent'
import { createMemoryStore } from '@attune/storage/memory'
import { createMyData, type MyData, type MyDataOptions, pseudonymsOf } from '../../src/index.ts'
import { COMPILED, makeEvent, makeRequest, NOW, RULESET, SECRET, VISITOR } from '../builders.ts'

export const OTHER = 'BBBBBBBBBBBBBBBBBBBBBB'
export const PAGE = 'https://shop.example/attune/my-data'

/** A page, and what is behind it. */
export interface MadeMyData {
  readonly myData: MyData
  readonly store: MyDataOptions['store']
  readonly log: ConsentLog
  readonly clock: { now: number }
}

/** A page over a store that knows two visitors. */
export async function makeMyData(changes: Partial<MyDataOptions> = {}): Promise<MadeMyData> {
  const store = createMemoryStore()
  const log = createMemoryConsentLog()
  for (const visitor of [VISITOR, OTHER]) {
    const events = [makeEvent('one'), makeEvent('two', { properties: { item_id: `canary-of-${visitor}` } })]
    await store.append({ visitor, events, plan: COMPILED.plan })
    await store.reject([{ reason: 'wrong-type', time: NOW, event: `"canary-of-${visitor}"`, visitor }])
    await log.append({
      pseudonym: pseudonymsOf(SECRET, 'site', visitor)[0],
      time: NOW,
      granted: ['preferences'],
      text: `text-${visitor.slice(0, 3)}`,
      by: 'accept',
      region: null,
      globalPrivacyControl: false,
    })
  }
  const clock = { now: NOW }
  const myData = createMyData({
    ruleset: RULESET,
    secret: SECRET,
    store,
    log,
    clock: () => clock.now,
    onError: (error) => {
      throw new Error('unexpected trouble', { cause: error })
    },
    ...changes,
  })
  return { myData, store, log, clock }
}

export function askPage(cookies: { readonly [name: string]: string } = {}, url: string = PAGE): Request {
  return makeRequest({ method: 'GET', url, cookies })
}

/** A form as the page sends it. */
export function pressed(
  action: 'download' | 'erase',
  fields: { readonly [name: string]: string },
  around: {
    readonly cookies?: { readonly [name: string]: string }
    readonly headers?: { readonly [name: string]: string }
    readonly url?: string
  } = {},
): Request {
  const { cookies = {}, headers = {}, url = `${PAGE}/${action}` } = around
  return makeRequest({
    url,
    cookies,
    body: `${new URLSearchParams(fields)}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://shop.example',
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
  })
}

/** The tokens of the page's two buttons. */
export function tokensIn(html: string): { readonly download: string; readonly erase: string } {
  const [download = '', erase = ''] = [...html.matchAll(/name="token" value="([^"]+)"/g)].map(
    ([, token]) => token,
  )
  return { download, erase }
}
