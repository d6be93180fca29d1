import type { ProfileReader, ProfileStore } from '@attune/storage'
import { createRedisStore } from '@attune/storage/redis'
import { createUpstashReader, createUpstashStore } from '@attune/storage/upstash'
import { type RedisServer, startRedis } from './redis.ts'
import { startTcpFaultProxy, type TcpFaultProxy } from './tcp-fault-proxy.ts'
import { startUpstashBridge } from './upstash-bridge.ts'

/** What becomes of a request of REST: an answer of its own, or that of the service. */
export type RestTrouble = (pass: () => Promise<Response>, asked: RestRequest) => Promise<Response>

export interface RestRequest {
  /** The command, or several. */
  readonly body: readonly unknown[]
  readonly syncToken: string | null
  readonly signal: AbortSignal | undefined
}

/** A database over REST, a line and a service that may fail, a store and a reader before them. */
export interface UpstashStage {
  readonly server: RedisServer
  readonly proxy: TcpFaultProxy
  /** What happens to requests; `undefined`: nothing. */
  trouble: RestTrouble | undefined
  readonly store: ProfileStore
  readonly reader: ProfileReader
  /** Past everything, straight from the Redis. */
  readonly direct: ProfileStore
}

// Instead of a second, so that a scenario of many requests ends soon; the deadline is the same code.
const TIMEOUT_MS = 250

/** Starts a Redis, the bridge that speaks the service's protocol, and a proxy before the bridge. */
export async function openUpstashStage(later: (close: () => unknown) => void): Promise<UpstashStage> {
  const server = await startRedis()
  later(() => server.stop())
  const bridge = await startUpstashBridge({ redis: server.port })
  later(() => bridge.close())
  const proxy = await startTcpFaultProxy(Number(new URL(bridge.url).port))
  later(() => proxy.close())
  const troubled: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    const pass = (): Promise<Response> => fetch(input, init)
    const { trouble } = stage
    if (trouble === undefined) return pass()
    return trouble(pass, {
      body: JSON.parse(String(init?.body)),
      syncToken: headers.get('upstash-sync-token'),
      signal: init?.signal ?? undefined,
    })
  }
  const place = { url: `http://127.0.0.1:${proxy.port}`, token: bridge.token, fetch: troubled }
  const store = createUpstashStore({ ...place, timeout: TIMEOUT_MS })
  later(() => store.close())
  const direct = createRedisStore({ url: server.url, timeout: 10_000 })
  later(() => direct.close())
  const stage: UpstashStage = {
    server,
    proxy,
    trouble: undefined,
    store,
    reader: createUpstashReader(place),
    direct,
  }
  return stage
}

/** Answers by itself; the service hears nothing. */
export function instead(answer: () => Response): RestTrouble {
  return async () => answer()
}

/** Answers by itself after the service did what was asked for. */
export function afterwards(answer: () => Response): RestTrouble {
  return async (pass) => {
    await (await pass()).text()
    return answer()
  }
}

/** Answers nothing until whoever asks gives up. */
export const HANG: RestTrouble = (_pass, { signal }) =>
  new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
