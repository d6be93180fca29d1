import { Buffer } from 'node:buffer'
import { readLines } from '../streams/read-lines.ts'
import { createCounter } from './counter.ts'
import { type LoggedRequest, parseCombined } from './parse-combined.ts'
import type { Pseudonym } from './pseudonym.ts'
import type { ReplayEvent, ReplaySource } from './replay-event.ts'

/** How visitors and events of a file are named. */
export interface Names {
  readonly visitor: Pseudonym
  readonly event: Pseudonym
}

const MAX_LINE = 64 * 1024
// What a page pulls in by itself, or what no person reads: not a view of a page.
const NOT_A_PAGE =
  /\.(?:avif|bmp|css|eot|gif|gz|ico|jar|jpe?g|js|json|map|mjs|mp[34]|ogg|otf|pdf|png|rss|svg|swf|tgz|tiff?|ttf|txt|wasm|webm|webp|woff2?|xml|zip)$/i

/** Reads an access log in the combined format: every page that was shown is a `page_view`. */
export function createAccessLogSource(bytes: AsyncIterable<Uint8Array>, names: Names): ReplaySource {
  const leftOut = createCounter()
  let records = 0

  function readLine(line: Uint8Array): ReplayEvent | undefined {
    records++
    // Logs hold bytes of any encoding; only a path may show them, and there as they came.
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1')
    const request = parseCombined(text)
    const reason = request === undefined ? 'malformed' : whyNoPage(request)
    if (request === undefined || reason !== undefined) {
      leftOut.add(reason ?? 'malformed')
      return undefined
    }
    return toEvent(request, names, names.event(String(records), text))
  }

  async function* read(): AsyncGenerator<readonly ReplayEvent[]> {
    for await (const lines of readLines(bytes, MAX_LINE)) {
      const events: ReplayEvent[] = []
      for (const line of lines) {
        if (!line.ok) {
          records++
          leftOut.add('too-long')
          continue
        }
        const event = readLine(line.bytes)
        if (event !== undefined) events.push(event)
      }
      yield events
    }
  }

  return { unit: 'line', read, records: () => records, leftOut: () => leftOut.counts }
}

function whyNoPage({ method, status, target }: LoggedRequest): string | undefined {
  if (method !== 'GET') return 'not-get'
  // 304 is a page as well: the visitor's browser had it already.
  if (status !== 200 && status !== 304) return 'no-page-sent'
  return NOT_A_PAGE.test(pathOf(target)) ? 'not-a-page' : undefined
}

function toEvent(request: LoggedRequest, names: Names, id: string): ReplayEvent {
  const host = hostOf(request.referrer)
  return {
    visitor: names.visitor(request.address, request.userAgent),
    id,
    name: 'page_view',
    time: request.time,
    properties: {
      page_path: pathOf(request.target),
      ...(host === undefined ? {} : { page_referrer: host }),
    },
    userAgent: request.userAgent,
  }
}

// The query may hold what a person typed; it is not read.
function pathOf(target: string): string {
  const path = /^https?:\/\/[^/?#]*/i.test(target) ? target.replace(/^https?:\/\/[^/?#]*/i, '') : target
  return path.split(/[?#]/, 1)[0] || '/'
}

function hostOf(referrer: string): string | undefined {
  const [, host] = /^https?:\/\/([^/?#:@]{1,253})(?=[/?#:]|$)/i.exec(referrer) ?? []
  return host?.toLowerCase()
}
