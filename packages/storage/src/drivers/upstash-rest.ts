import { replyError } from '../commands/reply-error.ts'
import { StoreBusyError, StoreWriteError } from '../store-error.ts'

/** Where the database is, and how long it may take. */
export interface UpstashAddress {
  /** The REST URL of the database: `UPSTASH_REDIS_REST_URL`. */
  readonly url: string | undefined
  /** Its REST token: `UPSTASH_REDIS_REST_TOKEN`; the read-only one is enough for reading. */
  readonly token: string | undefined
  /** Milliseconds for the whole answer to one request. */
  readonly timeout: number
  /** Default: the `fetch` of the platform. */
  readonly fetch?: typeof fetch | undefined
  /** Whether reads wait for what was written here before, in whatever region they are answered. Default: yes. */
  readonly readYourWrites?: boolean
  /**
   * Whether a request is sent once more when its connection breaks before any answer, as kept ones do in a process that was
   * frozen. Right for reading alone. Default: no.
   */
  readonly again?: boolean
}

/** What the service answers to one command. */
export type UpstashItem = { readonly result: unknown } | { readonly error: string }

/** Asks the REST service, a request a call; follows no redirect. Rejects with `StoreBusyError` or `StoreWriteError`. */
export interface UpstashRest {
  /** One command. */
  command(words: readonly (string | number)[]): Promise<UpstashItem>
  /** Several in one request, in order. */
  pipeline(commands: readonly (readonly (string | number)[])[]): Promise<readonly UpstashItem[]>
}

/**
 * Speaks with one database; `from` names the driver in errors.
 * @throws when the URL or the token cannot be one.
 */
export function createUpstashRest(from: string, address: UpstashAddress): UpstashRest {
  const base = checkAddress(from, address)
  // A token counts for whoever sends it with the next request; what it says is the service's business.
  let syncToken: string | null = null

  async function post(path: string, body: unknown): Promise<unknown> {
    const headers = new Headers({
      authorization: `Bearer ${address.token}`,
      'content-type': 'application/json',
    })
    if (address.readYourWrites ?? true) headers.set('upstash-sync-token', syncToken ?? '')
    const { response, text } = await send(from, address, `${base}/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      // Frameworks keep what is fetched.
      cache: 'no-store',
      // Some other host would be sent what visitors did; and some platforms would send it the token as well.
      redirect: 'manual',
      signal: AbortSignal.timeout(address.timeout),
    })
    syncToken = response.headers.get('upstash-sync-token') ?? syncToken
    return readAnswer(from, response, text)
  }

  return {
    command: async (words) => {
      const item = await post('', words)
      return isItem(item) ? item : Promise.reject(strange(from))
    },
    pipeline: async (commands) => {
      const items = await post('pipeline', commands)
      const isWhole = Array.isArray(items) && items.length === commands.length && items.every(isItem)
      return isWhole ? items : Promise.reject(isItem(items) ? errorOf(from, items) : strange(from))
    },
  }
}

/** The result of a command, or the error of the store for what Redis answered. */
export function resultOf(from: string, item: UpstashItem): unknown {
  if ('error' in item) throw errorOf(from, item)
  return item.result
}

function checkAddress(from: string, { url, token, timeout }: UpstashAddress): string {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : null
  // Not quoted: people paste their token into it.
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '') {
    throw new Error(`[storage] ${from}: \`url\` is no REST URL. Set it to UPSTASH_REDIS_REST_URL.`)
  }
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Error(`[storage] ${from}: \`token\` is missing. Set it to UPSTASH_REDIS_REST_TOKEN.`)
  }
  if (!(timeout > 0) || !Number.isFinite(timeout)) {
    throw new Error(`[storage] ${from}: \`timeout\` is ${timeout}. Set it to milliseconds, such as 250.`)
  }
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '')
}

async function send(
  from: string,
  { fetch: given, timeout, again = false }: UpstashAddress,
  url: string,
  init: RequestInit,
): Promise<{ readonly response: Response; readonly text: string }> {
  // A plain function: some platforms refuse their `fetch` as another's method.
  const ask = given ?? fetch
  try {
    const first = ask(url, init)
    // Past the deadline nobody waits for a second answer.
    const response = await (again
      ? first.catch((error: unknown) => (init.signal?.aborted ? Promise.reject(error) : ask(url, init)))
      : first)
    return { response, text: await response.text() }
  } catch (error) {
    if (init.signal?.aborted)
      throw new StoreBusyError(`[storage] ${from}: no whole answer within ${timeout} ms. Try again.`)
    throw new StoreBusyError(`[storage] ${from}: the service cannot be reached${codeOf(error)}. Try again.`)
  }
}

// Only the code: messages of some platforms hold the address with all that is in it.
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const isCoded = typeof cause === 'object' && cause !== null && 'code' in cause
  return isCoded && typeof cause.code === 'string' ? ` (${cause.code})` : ''
}

function readAnswer(from: string, { status, type, headers }: Response, text: string): unknown {
  const said = `[storage] ${from}: the service answered ${status}`
  if (status === 401 || status === 403)
    throw new StoreWriteError(
      `${said}: it refuses the token. Set \`token\` to the REST token of this database.`,
    )
  if (type === 'opaqueredirect' || (status >= 300 && status < 400))
    throw new StoreWriteError(
      `${said}, a redirect, which is not followed. Set \`url\` to the REST URL itself.`,
    )
  if (status === 429 || status >= 500) throw new StoreBusyError(`${said}${waitOf(headers)}. Try again.`)
  const value = parse(text)
  // A command that failed has the status 400, and says why.
  if (status === 200 || (status === 400 && isItem(value))) {
    if (value !== undefined) return value
    throw new StoreWriteError(`${said} with what is no JSON. Set \`url\` to the REST URL of the database.`)
  }
  throw new StoreWriteError(`${said}.`)
}

function waitOf(headers: Headers): string {
  const wait = headers.get('retry-after')
  return wait !== null && /^\d{1,9}$/.test(wait) ? ` and wants to be left alone for ${wait} s` : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isItem(value: unknown): value is UpstashItem {
  if (typeof value !== 'object' || value === null) return false
  return 'error' in value ? typeof value.error === 'string' : 'result' in value
}

function errorOf(from: string, item: UpstashItem): StoreBusyError | StoreWriteError {
  return 'error' in item ? replyError(from, item.error) : strange(from)
}

/** The error for an answer in no shape that Redis has. */
export function strange(from: string): StoreWriteError {
  return new StoreWriteError(
    `[storage] ${from}: the service answered what no Redis answers. Set \`url\` to the REST URL of the database.`,
  )
}
