import type { WaitUntil } from '../host.ts'

/** Keeps pages that are everybody's, in this data centre. */
export interface PageCache {
  /** A page that was kept; `undefined` also when the cache fails. */
  find(key: string): Promise<Response | undefined>
  /** Keeps a copy of an answer for some seconds, behind it. */
  keep(key: string, answer: Response, seconds: number, waitUntil: WaitUntil): void
}

// A cache of our own: no fetch of the zone and no other Worker finds in it what is not for browsers.
const NAME = 'attune-pages'

/** Opens the cache. Hosts without one keep nothing. */
export function createPageCache(report: (error: unknown, step: string) => void): PageCache {
  const open = async (): Promise<Cache | undefined> =>
    typeof caches === 'undefined' ? undefined : caches.open(NAME)
  return {
    find: async (key) => {
      try {
        return await (await open())?.match(key)
      } catch (error) {
        report(error, 'find-page')
        return undefined
      }
    },
    keep: (key, answer, seconds, waitUntil) => {
      const copy = answer.clone()
      const headers = new Headers(copy.headers)
      headers.set('cache-control', `public, max-age=${seconds}`)
      // It is kept for its key alone, as it is read here: unpacked.
      for (const name of ['vary', 'content-encoding', 'content-length']) headers.delete(name)
      const page = new Response(copy.body, { status: copy.status, headers })
      const keeping = open().then((cache) => cache?.put(key, page))
      waitUntil(keeping.catch((error) => report(error, 'keep-page')))
    },
  }
}
