import {
  type AttuneEvent,
  applyEvents,
  type CompiledRuleset,
  createSealKeys,
  emptyProfile,
  encodeToken,
  encodeVisitor,
  type Profile,
  type Ruleset,
  type SealKeys,
} from '@attune/core'
import { compileDocument, publishRuleset } from '@attune/core/publish'
import type { PersonalizerOptions } from '../src/site.ts'

export const SECRET = 'a-secret-of-at-least-thirty-two-characters'
/** 2026-11-22T12:00:00Z */
export const NOW = 1_795_348_800_000
export const ANNA = 'AAAAAAAAAAAAAAAAAAAAAA'
export const BEN = 'BBBBBBBBBBBBBBBBBBBBBB'
export const keys: SealKeys = createSealKeys(SECRET)

export const RULESET: Ruleset = {
  version: 1,
  revision: 'r1',
  timezone: 'UTC',
  events: { view_item: { properties: { item_category: 'string' } }, purchase: {} },
  segments: {
    hiker: { label: 'Hikers', when: { count: 'view_item', where: { item_category: 'hiking' }, atLeast: 3 } },
    newcomer: { when: { count: 'purchase', atMost: 0 } },
    mobile: { when: { attr: 'device.type', is: 'mobile' } },
    night: { when: { when: { hours: [22, 6], timezone: 'visitor' } } },
    back: { when: { attr: 'visitor.returning', is: true } },
    mailed: { when: { attr: 'query.ref', is: 'mail' } },
  },
  placements: {
    hero: { baseline: 'default', variants: ['default', 'hiking', 'welcome'] },
    rail: { baseline: 'popular', variants: ['popular', 'nearby'] },
    bar: { baseline: 'none', variants: ['none', 'night', 'mail', 'back'] },
  },
  experiences: [
    {
      key: 'hero-hiking',
      placement: 'hero',
      audience: { segment: 'hiker' },
      allocation: [{ variant: 'hiking', share: 1 }],
    },
    {
      key: 'hero-welcome',
      placement: 'hero',
      audience: { segment: 'newcomer' },
      allocation: [{ variant: 'welcome', share: 1 }],
    },
    {
      key: 'rail-nearby',
      placement: 'rail',
      purpose: 'functional',
      audience: { segment: 'mobile' },
      allocation: [{ variant: 'nearby', share: 1 }],
    },
    {
      key: 'bar-night',
      placement: 'bar',
      audience: { segment: 'night' },
      allocation: [{ variant: 'night', share: 1 }],
    },
    {
      key: 'bar-mail',
      placement: 'bar',
      audience: { segment: 'mailed' },
      allocation: [{ variant: 'mail', share: 1 }],
    },
    {
      key: 'bar-back',
      placement: 'bar',
      audience: { segment: 'back' },
      allocation: [{ variant: 'back', share: 1 }],
    },
  ],
  routes: {
    '/': ['hero', 'rail'],
    '/product/[slug]': ['rail', 'bar'],
    '/product/new': ['bar'],
    '/cart': ['hero'],
  },
}

export const compiled: CompiledRuleset = compileDocument(RULESET)

export function makeOptions(overrides: Partial<PersonalizerOptions> = {}): PersonalizerOptions {
  return {
    ruleset: publishRuleset(RULESET),
    secret: SECRET,
    clock: () => NOW,
    onError: (error) => {
      throw error
    },
    ...overrides,
  }
}

/** Views of hiking things, one a minute, the last a minute before `NOW` (or `before` milliseconds before it). */
export function makeViews(count: number, before = 60_000): readonly AttuneEvent[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `view-${at}`,
    name: 'view_item',
    time: NOW - before - (count - 1 - at) * 60_000,
    properties: { item_category: 'hiking' },
  }))
}

export function makeProfile(events: readonly AttuneEvent[] = []): Profile {
  return applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
}

/** The cookie pairs of a visitor with consent to preferences, with a token when a profile is given. */
export function makeCookies(
  visitor: string,
  profile?: Profile,
  { utcOffset = null, site = 'site' }: { utcOffset?: number | null; site?: string } = {},
): { readonly [name: string]: string } {
  const cookies = {
    attune_consent: 'preferences',
    attune_visitor: encodeVisitor(keys, site, visitor),
  }
  if (profile === undefined) return cookies
  return { ...cookies, attune_token: makeToken(visitor, profile, { utcOffset, site }) }
}

export function makeToken(
  visitor: string,
  profile: Profile,
  { utcOffset = null, site = 'site' }: { utcOffset?: number | null; site?: string } = {},
): string {
  const issuedAt = NOW / 1000
  return encodeToken(keys, { site, visitor }, compiled, { profile, issuedAt, utcOffset })!
}

/** A request by https; what we sign goes by its whole name, `__Host-attune_…`. */
export function makeRequest(
  path: string,
  cookies: { readonly [name: string]: string } = {},
  headers: { readonly [name: string]: string } = {},
): Request {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
    .replace(/attune_(?=(visitor|token|pin|program|left|preview)=)/g, '__Host-attune_')
  const request = new Request(`https://shop.example${path}`)
  // The constructor of a browser's Request takes no Cookie header; a host's does.
  const all = new Headers(cookie === '' ? headers : { ...headers, cookie })
  return Object.defineProperty(request, 'headers', { value: all })
}

/** What the browser would hold after an answer's Set-Cookie values, by names without `__Host-`. */
export function applyCookies(
  before: { readonly [name: string]: string },
  setCookies: readonly string[],
): { readonly [name: string]: string } {
  const after = { ...before }
  for (const cookie of setCookies) {
    const [, name, value] = /^(?:__Host-)?([^=]+)=([^;]*)/.exec(cookie)!
    if (/Max-Age=0/.test(cookie)) delete after[name!]
    else after[name!] = value!
  }
  return after
}
