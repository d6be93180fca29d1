import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Health } from './health.ts'
import { healthJson } from './health-json.ts'
import { healthPage, PAGE_POLICY } from './health-page.ts'
import type { MayLook } from './may-look.ts'
import type { MetricsText } from './prometheus-meter.ts'

/** Where a load balancer asks whether we take work. */
export const HEALTH_PATH = '/healthz'
/** Where people and programs ask what is degraded, and why. */
export const DETAILS_PATH = '/health'
/** Where Prometheus asks. */
export const METRICS_PATH = '/metrics'

/** What is told, and to whom. */
export interface Monitor {
  /** Names the process, such as `attune serve`. */
  readonly name: string
  readonly health: Health
  readonly mayLook: MayLook
  /** Whether the health page needs a token: it is then asked for. */
  readonly hasToken: boolean
  /** Without it there is no `/metrics`. */
  readonly metrics?: (() => Promise<MetricsText>) | undefined
  /** Writes down who may not look, before they are told so; when it rejects, the answer is 503. Without it nobody does. */
  readonly noteRefusal?: ((path: string) => Promise<void>) | undefined
  /** Hears why an answer could not be given. */
  readonly onError: (error: unknown) => void
}

/** Answers who watches the process; answers `false`, and nothing else, to a request for something else. */
export type AnswerMonitor = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>

/**
 * Creates what answers `/healthz` to everybody with one word, and `/health` and `/metrics` to those who may look. `/healthz` is 503 only
 * while the process stops: whatever else is wrong, another process is no cure.
 */
export function createMonitor({
  name,
  health,
  mayLook,
  hasToken,
  metrics,
  noteRefusal,
  onError,
}: Monitor): AnswerMonitor {
  const tell = async (incoming: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> => {
    if (path === METRICS_PATH && metrics !== undefined) {
      const { type, text } = await metrics()
      return send(outgoing, 200, type, text)
    }
    const report = await health.look()
    if (!wantsPage(incoming)) return send(outgoing, 200, JSON_TYPE, say(healthJson(report)))
    send(outgoing, 200, 'text/html; charset=utf-8', healthPage(name, report), PAGE_HEADERS)
  }

  return async (incoming, outgoing) => {
    const path = incoming.url?.split('?')[0]
    const isOurs =
      path === HEALTH_PATH || path === DETAILS_PATH || (path === METRICS_PATH && metrics !== undefined)
    if (!isOurs) return false
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      const message = 'Ask with GET.'
      send(outgoing, 405, JSON_TYPE, say({ error: 'method-not-allowed', message }), { allow: 'GET, HEAD' })
    } else if (path === HEALTH_PATH) {
      const isStopping = health.isStopping()
      send(outgoing, isStopping ? 503 : 200, JSON_TYPE, say({ status: isStopping ? 'stopping' : 'ok' }))
    } else if (!mayLook(incoming)) {
      const isNoted = await Promise.resolve(noteRefusal?.(path)).then(isDone, isNotDone)
      if (isNoted) refuse(outgoing, hasToken)
      else send(outgoing, 503, JSON_TYPE, say(NOT_RECORDED), { 'retry-after': '5' })
    } else {
      await tell(incoming, outgoing, path).catch((error: unknown) => {
        onError(error)
        send(outgoing, 500, JSON_TYPE, say({ error: 'internal', message: 'Something is wrong here.' }))
      })
    }
    return true
  }
}

const isDone = (): boolean => true
const isNotDone = (): boolean => false
const NOT_RECORDED = { error: 'not-recorded', message: 'This cannot be answered now. Try again later.' }
const JSON_TYPE = 'application/json'
const PAGE_HEADERS = { 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'no-referrer' }

function wantsPage({ headers }: IncomingMessage): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '')
}

function say(body: object): string {
  return `${JSON.stringify(body)}\n`
}

function refuse(outgoing: ServerResponse, hasToken: boolean): void {
  if (hasToken) {
    const body = say({
      error: 'token',
      message: 'Send ATTUNE_HEALTH_TOKEN: `Authorization: Bearer <token>`.',
    })
    send(outgoing, 401, JSON_TYPE, body, {
      'www-authenticate': 'Basic realm="attune health", charset="UTF-8"',
    })
    return
  }
  const message =
    'Without ATTUNE_HEALTH_TOKEN only this machine may look, at a --metrics-port. Set one of the two.'
  send(outgoing, 403, JSON_TYPE, say({ error: 'not-local', message }))
}

function send(
  outgoing: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: { readonly [name: string]: string } = {},
): void {
  outgoing
    .writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'accept, authorization',
      ...headers,
    })
    .end(body)
}
