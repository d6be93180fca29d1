import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import type { NodeHandler } from './open-server.ts'

/** Tells of requests whether their answers left whole. */
export interface Deliveries {
  /** A handler whose requests are looked after. */
  watch(handler: NodeHandler): NodeHandler
  /** Of the request that is being handled: resolves when its answer left, or cannot leave any more. */
  delivered(): Promise<boolean>
}

/** Creates what tells whether answers left whole: a sender that went away was never answered. */
export function createDeliveries(): Deliveries {
  const current = new AsyncLocalStorage<ServerResponse>()
  return {
    watch: (handler) => (incoming, outgoing) => current.run(outgoing, () => handler(incoming, outgoing)),
    delivered: async () => {
      const outgoing = current.getStore()
      if (outgoing === undefined) return true
      if (!outgoing.closed) await new Promise((resolve) => outgoing.once('close', resolve))
      return outgoing.writableFinished
    },
  }
}
