import type { NodeHandler } from '../serve/open-server.ts'
import type { WorkState } from './progress-line.ts'
import { renderMetrics } from './render-metrics.ts'

/** Answers who watches a worker: `/metrics` for Prometheus, `/healthz` with 503 while the queue does not answer. */
export function answerMonitor(look: () => Promise<WorkState>): NodeHandler {
  return async (incoming, outgoing) => {
    const answer = (status: number, type: string, body: string): void => {
      outgoing.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
    }
    const path = incoming.url?.split('?')[0]
    if (path !== '/metrics' && path !== '/healthz') {
      return answer(404, 'text/plain; charset=utf-8', 'Ask for /metrics or /healthz.\n')
    }
    const state = await look()
    if (path === '/metrics')
      return answer(200, 'text/plain; version=0.0.4; charset=utf-8', renderMetrics(state))
    const isWell = state.waiting !== null
    const body = isWell ? { status: 'ok' } : { status: 'degraded', why: 'the queue does not answer' }
    answer(isWell ? 200 : 503, 'application/json', JSON.stringify(body))
  }
}
