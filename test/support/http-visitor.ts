import { randomUUID } from 'node:crypto'
import { PERSON } from './browser.ts'

/** An event as a test names it; the rest is filled in. */
export interface SentEvent {
  readonly name: string
  readonly properties?: { readonly [name: string]: string | number | boolean }
  readonly id?: string
  /** Milliseconds; default now. */
  readonly time?: number
}

/** A visitor without a browser: keeps cookies, asks for pages, sends events. */
export interface HttpVisitor {
  readonly cookies: Map<string, string>
  readonly get: (path: string, headers?: Record<string, string>) => Promise<HttpAnswer>
  readonly send: (events: readonly SentEvent[]) => Promise<Response>
  readonly grant: (purposes: string) => void
}

/** An answer with its text. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Placement → variant, as the HTML says. */
  readonly variants: { readonly [placement: string]: string }
}

/** Makes a visitor of the site at `origin`. */
export function createVisitor(origin: string): HttpVisitor {
  const cookies = new Map<string, string>()
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  function keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      const isGone = attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0')
      if (isGone) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  async function get(path: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    const cookie = cookieHeader()
    const answer = await fetch(origin + path, {
      redirect: 'manual',
      headers: {
        'user-agent': PERSON,
        'sec-fetch-dest': 'document',
        ...(cookie === '' ? {} : { cookie }),
        ...headers,
      },
    })
    keep(answer)
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, variants: readVariants(text) }
  }

  async function send(events: readonly SentEvent[]): Promise<Response> {
    const now = Date.now()
    const body = {
      sent: now,
      utcOffset: 0,
      page: '/',
      events: events.map((event) => ({
        id: event.id ?? randomUUID().replaceAll('-', '').slice(0, 22),
        name: event.name,
        time: event.time ?? now,
        properties: event.properties ?? {},
      })),
    }
    const answer = await fetch(`${origin}/attune/collect`, {
      method: 'POST',
      headers: { 'user-agent': PERSON, 'content-type': 'application/json', cookie: cookieHeader() },
      body: JSON.stringify(body),
    })
    keep(answer)
    return answer
  }

  return { cookies, get, send, grant: (purposes) => void cookies.set('attune_consent', purposes) }
}

/** Reads placement → variant from HTML. */
export function readVariants(html: string): { readonly [placement: string]: string } {
  const found = html.matchAll(/data-attune-placement="([^"]+)"[^>]*?data-attune-variant="([^"]+)"/g)
  return Object.fromEntries([...found].map(([, placement, variant]) => [placement, variant]))
}
