import { redact } from '../redact.ts'

/** One arrival: the campaign of the address (`utm_*`), the other site it came from, and the page it came to. */
export interface Touch {
  readonly source?: string
  readonly medium?: string
  readonly campaign?: string
  readonly term?: string
  readonly content?: string
  /** Host only, and only another site's. */
  readonly referrer?: string
  /** Path of the page. */
  readonly landing: string
}

const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const

/** Reads the arrival at this page; `referrer` is the host of the other site it came from. The campaign is redacted. */
export function readTouch({ search, pathname }: Location, referrer: string | undefined): Touch {
  const query = new URLSearchParams(search)
  const named = UTM.map((name) => [name, redact(query.get(`utm_${name}`) ?? '')] as const)
  return {
    ...Object.fromEntries(named.filter(([, value]) => value)),
    ...(referrer ? { referrer } : {}),
    landing: pathname,
  }
}

/** The campaign of an arrival as one text; '' when it has none. */
export function campaignOf(touch: Touch): string {
  const values = UTM.map((name) => touch[name] ?? '')
  return values.some(Boolean) ? values.join(' ') : ''
}

/** The address of an arrival with nothing in its query but the campaign; `undefined` when there is none. */
export function locationOf(touch: Touch, origin: string): string | undefined {
  const named = UTM.flatMap((name) => (touch[name] ? [[`utm_${name}`, touch[name]]] : []))
  return named.length ? `${origin}${touch.landing}?${new URLSearchParams(named)}` : undefined
}
