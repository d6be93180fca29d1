import { type Consent, isGranted } from '../consent/consent.ts'
import { own } from '../result/json.ts'
import type { AttuneEvent, RecordedContext } from './event.ts'
import { readRecordedContext } from './recorded-context.ts'

const UTM = ['source', 'medium', 'campaign', 'term', 'content']

/**
 * Says what an event may remember of the request in which it happened: its own context, or what its GA4 properties
 * `page_location`, `page_path` and `page_referrer` tell. Without a `page_location` the address of the sending page, from
 * its `Referer`, stands in when it has the event's path. Nothing without `preferences`, the purpose of a touch.
 */
export function recordContext(
  { context, properties }: AttuneEvent,
  paths: readonly string[],
  { consent, page }: { readonly consent: Consent; readonly page?: string | undefined },
): RecordedContext | undefined {
  if (paths.length === 0 || !isGranted(consent, 'preferences')) return undefined
  return readRecordedContext(context ?? contextOf(properties, page), paths)
}

function contextOf(
  properties: AttuneEvent['properties'],
  sender: string | undefined,
): { readonly [group: string]: object } {
  const page = urlOf(own(properties, 'page_location')) ?? samePage(sender, own(properties, 'page_path'))
  return {
    utm: Object.fromEntries(UTM.map((name) => [name, page?.searchParams.get(`utm_${name}`)])),
    referrer: { host: referrerHost(own(properties, 'page_referrer'), page) },
    url: { path: page?.pathname ?? own(properties, 'page_path') },
  }
}

// A batch may be sent from a later page than its first events are of.
function samePage(sender: string | undefined, path: unknown): URL | undefined {
  const url = urlOf(sender)
  return url !== undefined && url.pathname === path ? url : undefined
}

// From a page of the same site nobody was referred. Our tracker sends the host alone, and only another site's.
function referrerHost(referrer: unknown, page: URL | undefined): string | undefined {
  const host = (urlOf(referrer) ?? urlOf(`https://${referrer}`))?.host
  return typeof referrer === 'string' && host !== page?.host ? host : undefined
}

function urlOf(text: unknown): URL | undefined {
  if (typeof text !== 'string' || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  return new URL(text)
}
