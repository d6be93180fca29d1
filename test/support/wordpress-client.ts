import http, { type IncomingMessage } from 'node:http'
import { USERS } from '../../scripts/lib/wordpress/template.mjs'

/** Who can log in; the administrator is `admin`. */
export type Role = keyof typeof USERS

/** Somebody who is logged in. */
export interface Login {
  /** The Cookie header. */
  readonly cookies: string
  /** For REST requests with these cookies. */
  readonly nonce: string
}

export interface SiteRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | FormData
  /** A Cookie header. */
  readonly cookies?: string
  /** Sent as X-WP-Nonce. */
  readonly nonce?: string
}

const WITHOUT_BODY: readonly number[] = [204, 205, 304]

/** Asks a site for a path; redirects are answers, not followed. The answer is read to its end. */
export async function fetchPage(origin: string, path: string, asked: SiteRequest = {}): Promise<Response> {
  const { cookies, nonce, headers, ...init } = asked
  const request = new Request(new URL(path, origin), {
    ...init,
    headers: {
      ...(cookies === undefined ? {} : { cookie: cookies }),
      ...(nonce === undefined ? {} : { 'x-wp-nonce': nonce }),
      ...headers,
    },
  })
  const answer = await ask(request, Buffer.from(await request.arrayBuffer()))
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  const status = answer.statusCode ?? 0
  return new Response(WITHOUT_BODY.includes(status) ? null : Buffer.concat(parts), {
    status,
    headers: headersOf(answer),
  })
}

// Not by `fetch`: PHP's own server ends each connection, and undici throws when that meets an answer nobody is reading.
function ask(request: Request, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, headers } = request
    const options = { method, headers: Object.fromEntries(headers), agent: false }
    http.request(request.url, options, resolve).on('error', reject).end(body)
  })
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!)
  return headers
}

/** Logs in by the form as a browser does. Rejects when WordPress does not let the user in. */
export async function logIn(origin: string, role: Role): Promise<Login> {
  const body = new URLSearchParams({ log: role, pwd: USERS[role], testcookie: '1' })
  const cookies = 'wordpress_test_cookie=WP%20Cookie%20check'
  const answer = await fetchPage(origin, '/wp-login.php', { method: 'POST', body, cookies })
  if (answer.status !== 302)
    throw new Error(`${role} could not log in: ${answer.status} ${await answer.text()}`)
  const given = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const all = [...new Set([cookies, ...given])].join('; ')
  const nonce = await fetchPage(origin, '/wp-admin/admin-ajax.php?action=rest-nonce', { cookies: all })
  return { cookies: all, nonce: await nonce.text() }
}

/** The cookies of somebody, as a browser takes them. */
export function browserCookies(
  { cookies }: Pick<Login, 'cookies'>,
  url: string,
): { readonly name: string; readonly value: string; readonly url: string }[] {
  return cookies.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
  })
}
