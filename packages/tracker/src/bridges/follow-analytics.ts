import { messageOfCall, readSegment, SEGMENT_CALLS, type SegmentCall } from '@attune/core/formats'
import { safely } from '../safely.ts'
import { type Hear, tellPage } from './tell.ts'

/** How `analytics` is heard; everything has a default. */
export interface AnalyticsOptions {
  /** What hears the events; default `window.attune.track`, also before it has come. */
  readonly track?: Hear
  /** The page; default that of the browser. For tests. */
  readonly window?: Window & typeof globalThis
}

type Method = (...args: unknown[]) => unknown
type Analytics = Record<string, Method | undefined>

// The tracker says the first itself, and nobody but it may say the second.
const OURS = /^(?:page_view|exposure)$/
// What pages call besides: nothing of ours comes of it, and nothing breaks.
const SILENT = ['on', 'once', 'off', 'reset', 'debug', 'trackLink', 'trackForm', 'trackClick', 'trackSubmit']

/**
 * Hears `analytics.track`, `identify`, `page`, `screen`, `group` and `alias` of Segment's specification: what its snippet noted before
 * this call, and what is called from then on. Where the page has no `analytics` it gets one; where it has, that is called all the same
 * and its answer given back. Does nothing on a server.
 */
export function followAnalytics(options: AnalyticsOptions = {}): void {
  const window = options.window ?? (typeof globalThis.window === 'undefined' ? undefined : globalThis.window)
  if (window === undefined) return
  const track = options.track ?? tellPage(window)
  const page = window as unknown as { analytics?: Analytics | unknown[][] }
  const noted = Array.isArray(page.analytics) ? [...page.analytics] : []
  // The snippet's list carries the methods as well.
  const analytics = (page.analytics ?? createSilent()) as Analytics
  page.analytics = analytics

  const hear = (call: SegmentCall, args: readonly unknown[]): unknown =>
    safely(() => {
      const read = readSegment(messageOfCall(call, args), call)
      return 'reason' in read || OURS.test(read.name) ? undefined : track(read.name, read.properties)
    })

  for (const entry of noted) {
    safely(() => {
      const [method, ...args] = entry
      const call = SEGMENT_CALLS.find((name) => name === method)
      if (call !== undefined) hear(call, args)
    })
  }
  for (const call of SEGMENT_CALLS) {
    const theirs = analytics[call]
    analytics[call] = function (this: unknown, ...args) {
      const heard = hear(call, args)
      if (theirs !== undefined) return theirs.apply(this, args)
      // Nobody else is there to call back.
      const done = args.at(-1)
      if (typeof done === 'function') safely(() => done())
      return heard
    }
  }
}

function createSilent(): Analytics {
  const silent = Object.fromEntries(SILENT.map((name) => [name, () => undefined]))
  return { ...silent, ready: (done) => (typeof done === 'function' ? safely(() => done()) : undefined) }
}
