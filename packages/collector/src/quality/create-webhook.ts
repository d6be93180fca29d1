import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent, type RequestOptions, request as requestHttps } from 'node:https'
import { parseAddress } from '../parse-address.ts'
import { type AlarmChange, describeChange } from './alarm.ts'
import { isPrivateAddress, isPublicAddress } from './public-address.ts'

/** Where alarms are posted to. */
export interface WebhookOptions {
  /** By https, without a user or password. */
  readonly url: string
  /** Signs each message: `Attune-Signature: v1.<unix>.<hex>`, the HMAC-SHA256 of `"alarm\n<unix>\n<body>"`. */
  readonly secret: string
  /** The host of `url`, if it may have addresses of your own network, or of the machine itself. Default none. */
  readonly privateHost?: string | undefined
  /** Milliseconds that the whole exchange may take. Default 10,000. */
  readonly timeout?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Every address of a host. Default the system's. */
  readonly resolve?: ((host: string) => Promise<readonly string[]>) | undefined
  /** Default `node:https`'s. */
  readonly request?: RequestHttps | undefined
}

/** Opens a request, as `node:https` does. */
export type RequestHttps = (
  options: RequestOptions,
  answered: (answer: IncomingMessage) => void,
) => ClientRequest

/** Tells an alarm to somebody; what it answers is waited for, and not looked at. Throws or rejects when it could not be told. */
export type AlarmSink = (change: AlarmChange) => unknown

const MOST_ANSWER = 64 * 1024

/**
 * Creates what posts alarms as JSON. The host is resolved once a message; when any of its addresses is not of the public internet, nothing is
 * sent, and the connection goes to the address that was looked at. Redirects are not followed, no proxy is asked, the answer's text is
 * thrown away. Resolves to its status, which is one of 2xx.
 * @throws when the URL is not https, holds a password or names an address that is not public, or `privateHost` is not its host.
 */
export function createWebhook(options: WebhookOptions): (change: AlarmChange) => Promise<number> {
  const { secret, timeout = 10_000, clock = Date.now, resolve = resolveAll, request = requestHttps } = options
  const url = readUrl(options)
  const mayBe = options.privateHost === undefined ? isPublicAddress : isNotSpecial
  if (secret === '') throw new Error('[collector] webhook: `secret` is empty. Set one to sign messages with.')

  return async (change) => {
    const address = await findAddress(url, resolve, mayBe)
    const body = JSON.stringify({ ...change, message: describeChange(change) })
    const seconds = Math.floor(clock() / 1000)
    const signature = createHmac('sha256', secret).update(`alarm\n${seconds}\n${body}`).digest('hex')
    const status = await post(request, timeout, body, {
      host: address,
      port: url.port === '' ? 443 : Number(url.port),
      path: url.pathname + url.search,
      // Of a host that is an address, the certificate names the address.
      ...(parseAddress(url.hostname) === undefined ? { servername: url.hostname } : {}),
      headers: {
        host: url.host,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'attune-signature': `v1.${seconds}.${signature}`,
      },
    })
    if (status < 200 || status > 299) {
      throw new Error(
        `[collector] webhook: ${url.host} answered ${status}. Have it answer 2xx; redirects are not followed.`,
      )
    }
    return status
  }
}

function isNotSpecial(address: string): boolean {
  return isPublicAddress(address) || isPrivateAddress(address)
}

function readUrl({ url: text, privateHost }: WebhookOptions): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new Error('[collector] webhook: `url` is no https address without a password. Write https://…')
  }
  if (privateHost !== undefined && privateHost !== url.hostname)
    throw new Error(
      `[collector] webhook: \`privateHost\` is ${JSON.stringify(privateHost)}, and the address's host ${url.hostname}. Name the same one.`,
    )
  const mayBe = privateHost === undefined ? isPublicAddress : isNotSpecial
  if (parseAddress(url.hostname) !== undefined && !mayBe(url.hostname)) throw notPublic(url.hostname)
  return url
}

async function findAddress(
  url: URL,
  resolve: NonNullable<WebhookOptions['resolve']>,
  mayBe: (address: string) => boolean,
): Promise<string> {
  const isAddress = parseAddress(url.hostname) !== undefined
  const addresses = isAddress ? [url.hostname.replace(/^\[|\]$/g, '')] : await resolve(url.hostname)
  const [first] = addresses
  // One that leads inside would be taken as soon as the others do not answer.
  if (first === undefined || !addresses.every(mayBe)) throw notPublic(url.hostname)
  return first
}

function notPublic(host: string): Error {
  return new Error(
    `[collector] webhook: ${host} has an address that is not public. Name a host of the public internet, or give leave to this one (\`privateHost\`).`,
  )
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

function post(
  request: RequestHttps,
  timeout: number,
  body: string,
  options: RequestOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    // An agent of its own: the global one may ask a proxy.
    const agent = new Agent({ keepAlive: false })
    const signal = AbortSignal.timeout(timeout)
    const sent = request({ ...options, method: 'POST', agent, signal }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Uint8Array) => {
        bytes += chunk.byteLength
        if (bytes <= MOST_ANSWER) return
        answer.destroy()
        reject(
          new Error(`[collector] webhook: the answer is longer than ${MOST_ANSWER} bytes. Answer nothing.`),
        )
      })
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
