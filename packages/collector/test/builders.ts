import {
  type AttuneEvent,
  type CompiledRuleset,
  createSealKeys,
  decodeToken,
  decodeVisitor,
  encodePin,
  encodeVisitor,
  type Profile,
  type Ruleset,
  type SealKeys,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import type { ProfileStore, RejectedEvent } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { type Answer, type Collector, type CollectorOptions, createCollector } from '../src/index.ts'

export const NOW: number = Date.UTC(2026, 10, 22, 12)
export const SECRET = 'a secret of at least thirty-two characters'
export const KEYS: SealKeys = createSealKeys(SECRET)
export const VISITOR = 'AAAAAAAAAAAAAAAAAAAAAA'
export const URL_OF_COLLECTOR = 'https://shop.example/attune/collect'

export const RULESET: Ruleset = {
  version: 1,
  revision: 'r1',
  events: {
    page_view: { properties: { page_path: 'string' } },
    view_item: {
      properties: { item_id: 'string', item_category: 'string', price: 'number', sale: 'boolean' },
    },
    scroll: { purpose: 'statistics', properties: { percent_scrolled: 'number' } },
    visit: { purpose: 'statistics-anonymous' },
    ad_click: { purpose: 'marketing' },
    heartbeat: { purpose: 'functional' },
  },
  interests: { category: { of: 'item_category', halfLife: '14d', points: { view_item: 1 } } },
  segments: {
    hiker: { when: { interest: 'category', top: 1, is: 'hiking' } },
    nearby: { when: { all: [{ attr: 'geo.country', is: 'GB' }, { segment: 'hiker' }] } },
  },
  placements: {
    hero: { baseline: 'default', variants: ['default', 'hiking'] },
    rail: { baseline: 'popular', variants: ['popular', 'nearby'] },
    offer: { baseline: 'none', variants: ['none', 'ten'] },
  },
  experiences: [
    {
      key: 'hero-hiking',
      placement: 'hero',
      audience: { segment: 'hiker' },
      allocation: [{ variant: 'hiking', share: 1 }],
    },
    {
      key: 'rail-nearby',
      placement: 'rail',
      audience: { segment: 'nearby' },
      allocation: [{ variant: 'nearby', share: 1 }],
    },
    {
      key: 'offer-once',
      placement: 'offer',
      allocation: [{ variant: 'ten', share: 1 }],
      cap: { exposures: 1, within: '1d' },
    },
  ],
  routes: { '/': ['hero', 'rail', 'offer'] },
}
export const COMPILED: CompiledRuleset = compileDocument(RULESET)

/** A store that remembers what it was told to refuse. */
export interface SpyStore extends ProfileStore {
  readonly refused: RejectedEvent[]
}

export function makeStore(changes: Partial<ProfileStore> = {}): SpyStore {
  const store = createMemoryStore()
  const refused: RejectedEvent[] = []
  const reject: ProfileStore['reject'] = async (rejected) => {
    refused.push(...rejected)
    await store.reject(rejected)
  }
  return { ...store, reject, refused, ...changes }
}

/** A collector at noon whose random bytes are all 0. */
export function makeCollector(changes: Partial<CollectorOptions> = {}): Collector {
  return createCollector({
    ruleset: RULESET,
    secret: SECRET,
    store: makeStore(),
    clock: () => NOW,
    randomBytes: (count) => new Uint8Array(count),
    onError: (error, step) => {
      throw new Error(`unexpected trouble in ${step}`, { cause: error })
    },
    ...changes,
  })
}

export function makeEvent(id = 'event-1', changes: object = {}): AttuneEvent {
  return {
    id,
    name: 'view_item',
    time: NOW - 1000,
    properties: { item_id: 'boots', item_category: 'hiking' },
    ...changes,
  }
}

export interface RequestParts {
  readonly method?: string
  readonly url?: string
  readonly headers?: { readonly [name: string]: string }
  readonly cookies?: { readonly [name: string]: string }
  /** Text or bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown
}

/** A request of a visitor who granted `preferences` and is known; by https, what we sign goes by its whole name, `__Host-attune_…`. */
export function makeRequest(parts: RequestParts = {}): Request {
  const { method = 'POST', url = URL_OF_COLLECTOR, headers = {}, body = makeBatch() } = parts
  const cookies = { attune_consent: 'preferences', attune_visitor: visitorCookie(), ...parts.cookies }
  const cookie = Object.entries(cookies)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
    .replace(url.startsWith('https:') ? /attune_(?=(visitor|token|pin)=)/g : /^$/, '__Host-attune_')
  const raw = typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body)
  return new Request(url, {
    method,
    headers: { 'content-type': 'application/json', cookie, 'user-agent': BROWSER, ...headers },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: raw }),
  })
}

export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'

export function makeBatch(events: readonly unknown[] = [makeEvent()], changes: object = {}): object {
  return { sent: NOW, utcOffset: 60, page: '/', events, ...changes }
}

export function visitorCookie(visitor: string = VISITOR): string {
  return encodeVisitor(KEYS, 'site', visitor)
}

export function pinCookie(
  variants: { readonly [placement: string]: string },
  visitor: string = VISITOR,
): string {
  const decisions = Object.entries(variants).map(([placement, variant]) => [
    placement,
    { placement, variant, reason: 'DEFAULT' as const, until: null },
  ])
  return encodePin(KEYS, { site: 'site', visitor }, RULESET, Object.fromEntries(decisions))
}

export async function readAnswer(response: Response): Promise<Answer & { readonly error?: string }> {
  return (await response.json()) as Answer & { readonly error?: string }
}

/** The cookies that an answer sets: name without `__Host-` → the whole `Set-Cookie` value. */
export function setCookies(response: Response): { readonly [name: string]: string } {
  return Object.fromEntries(
    response.headers.getSetCookie().map((value) => [value.replace('__Host-', '').split('=')[0]!, value]),
  )
}

/** The value of a cookie that an answer sets. */
export function cookieValue(response: Response, name: string): string {
  return /=([^;]*)/.exec(setCookies(response)[name] ?? '')?.[1] ?? ''
}

/** The profile in the token that an answer sets. */
export function tokenProfile(response: Response, visitor: string = VISITOR): Profile | undefined {
  const token = cookieValue(response, 'attune_token')
  return decodeToken(KEYS, { site: 'site', visitor }, COMPILED, token, NOW / 1000)?.profile
}

export function visitorOf(response: Response): string | undefined {
  return decodeVisitor(KEYS, 'site', cookieValue(response, 'attune_visitor'))
}
