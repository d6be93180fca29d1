import { type Context, own, readDevice, readLanguage, readSession } from '@attune/core'
import { collect } from './collect.ts'
import { type GeoHeaders, readFirst, readGeo } from './geo.ts'
import type { NeededContext } from './needed-context.ts'
import { zoneOffsetMinutes } from './zone-offset.ts'

/** What a context is made from. */
export interface ContextSource {
  readonly headers: Headers
  readonly geoHeaders: readonly GeoHeaders[]
  /** The public address as asked for. */
  readonly url: URL
  /** The public path of the page. */
  readonly path: string
  readonly visitor: string | undefined
  /** Value of the cookie that the tracker counts sessions in; empty without consent. */
  readonly session: string
  /** Whole seconds of the first event of the visitor's profile. */
  readonly firstSeen: number | null
  /** Minutes east, when the visitor token knows. */
  readonly utcOffset: number | null
  /** Milliseconds. */
  readonly now: number
}

// A visit ends after 30 minutes without anything happening: whoever was seen before that came back.
const RETURNING_SECONDS = 30 * 60
const UTM = ['source', 'medium', 'campaign', 'term', 'content']

const READERS: {
  readonly [group: string]: (source: ContextSource, needed: NeededContext) => Context[keyof Context]
} = {
  geo: ({ headers, geoHeaders }) => readGeo(headers, geoHeaders),
  device: ({ headers }) => readDevice(headers),
  language: ({ headers }) => readLanguage(headers.get('accept-language')),
  url: (source) => ({ host: hostOf(source), path: source.path }),
  query: ({ url }, { query }) => collect(query, (name) => url.searchParams.get(name)),
  utm: ({ url }) => collect(UTM, (name) => url.searchParams.get(`utm_${name}`)),
  referrer: (source) => collect(['host'], () => referrerHost(source)),
  visitor: ({ visitor, firstSeen, now }) => ({
    known: visitor !== undefined,
    returning: visitor !== undefined && firstSeen !== null && firstSeen < now / 1000 - RETURNING_SECONDS,
  }),
  session: ({ session, now }) => readSession(session, now),
  utcOffset: ({ utcOffset, headers, geoHeaders, now }) =>
    utcOffset ?? zoneOffsetMinutes(readFirst(headers, geoHeaders, 'timezone'), now),
}

/** Builds the part of the context that the ruleset looks at. */
export function buildContext(source: ContextSource, needed: NeededContext): Context {
  return collect(needed.groups, (group) => own(READERS, group)?.(source, needed)) as Context
}

function hostOf({ headers, url }: ContextSource): string {
  return headers.get('host') ?? url.host
}

// From a page of the same site nobody was referred.
function referrerHost(source: ContextSource): string | undefined {
  try {
    const { host } = new URL(source.headers.get('referer') ?? '')
    return host === hostOf(source) ? undefined : host
  } catch {
    return undefined
  }
}
