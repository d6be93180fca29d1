import { flattenGa4, GA4_EVENTS, GA4_SHOP_EVENTS } from '@attune/core/formats'
import { safely } from '../safely.ts'
import { type Hear, tellPage } from './tell.ts'

/** How a data layer is heard; everything has a default. */
export interface DataLayerOptions {
  /** What hears the events; default `window.attune.track`, also before it has come. */
  readonly track?: Hear
  /** The name of the list; default `dataLayer`. */
  readonly dataLayer?: string
  /** Events that are heard besides GA4's recommended ones, or `*` for all. */
  readonly events?: readonly string[]
  /** The page; default that of the browser. For tests. */
  readonly window?: Window & typeof globalThis
}

type Members = Readonly<Record<string, unknown>>

// The tracker says these itself, or nobody but it may.
const OURS = /^(?:page_view|scroll|user_engagement|session_start|first_visit|exposure)$/
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/**
 * Hears what a page tells Google's tags: `gtag('event', …)` and plain pushes, those before this call and those to come. Of a plain push
 * `ecommerce` is the event's; without it, for an event of shops, the one that was pushed last, until `ecommerce: null`. Nothing is ever
 * written to the data layer, and nothing a page pushes is changed or held up. Does nothing on a server.
 */
export function followDataLayer(options: DataLayerOptions = {}): void {
  const window = options.window ?? (typeof globalThis.window === 'undefined' ? undefined : globalThis.window)
  if (window === undefined) return
  const track = options.track ?? tellPage(window)
  const heard = new Set([...GA4_EVENTS, ...(options.events ?? [])])
  const name = options.dataLayer ?? 'dataLayer'
  let shown: Members | undefined

  const tell = (event: unknown, properties: object): void => {
    if (typeof event !== 'string' || !NAME.test(event) || OURS.test(event)) return
    if (heard.has(event) || heard.has('*')) track(event, properties)
  }
  const takePlain = (entry: Members): void => {
    const { event, ecommerce, ...rest } = entry
    // `null` and whatever else is no object take back what was shown.
    if (ecommerce !== undefined) shown = isMembers(ecommerce) ? ecommerce : undefined
    const isShop = GA4_SHOP_EVENTS.includes(event as string)
    const own = isMembers(ecommerce) || isShop ? shown : undefined
    tell(event, flattenGa4({ ...withoutTags(rest), ...own }))
  }
  const take = (entry: unknown): void => {
    if (isArguments(entry)) {
      const [command, event, params] = entry
      if (command === 'event') tell(event, flattenGa4(isMembers(params) ? withoutTags(params) : {}))
    } else if (isMembers(entry)) takePlain(entry)
  }

  const page = window as unknown as Record<string, unknown[] | undefined>
  const layer = page[name] ?? []
  page[name] = layer
  for (const entry of [...layer]) safely(() => take(entry))
  const push = layer.push
  // What is pushed goes on to whoever listened before, unchanged and first.
  layer.push = (...entries) => {
    const length = push.apply(layer, entries)
    for (const entry of entries) safely(() => take(entry))
    return length
  }
}

// What tells tags how to send, and not what happened.
function withoutTags(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !TAGS.test(name)))
}
const TAGS =
  /^(?:gtm|_|event(?:_callback|_timeout|Callback|Timeout|Model)?$|send_to$|debug_mode$|groups$|transport_)/

// What gtag() pushes is its `arguments`, which is no array; an array is a call of something in the page.
function isArguments(entry: unknown): entry is ArrayLike<unknown> & Iterable<unknown> {
  return Object.prototype.toString.call(entry) === '[object Arguments]'
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
