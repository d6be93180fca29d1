import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'
import { findNginx, startNginx } from './nginx.ts'
import { startOwnCache } from './page-cache-own.ts'
import type { WordPressSite } from './wordpress.ts'
import { fetchPage, type SiteRequest } from './wordpress-client.ts'

/** What a cache tells pages apart by: the address alone, or also the cookie `attune_k` as the guide's configuration does. */
export type CacheKey = 'url' | 'segments'

/** A shared cache in front of a WordPress. */
export interface PageCache {
  /** Which cache it is: nginx where the machine has it. */
  readonly name: string
  readonly origin: string
  /** Asks the cache for a path of the site; `x-cache` of the answer is HIT when it was kept. */
  readonly fetch: (path: string, request?: SiteRequest) => Promise<Response>
  readonly stop: () => Promise<void>
}

/** For how long answers are kept that do not say it themselves, in seconds. */
export const KEPT_SECONDS = 600

const guide = fileURLToPath(new URL('../../docs/guide/wordpress-caches.md', import.meta.url))

/** Starts a shared cache in front of a site. It honours Cache-Control, Vary and Set-Cookie, and keeps what forbids nothing. */
export async function startPageCache(site: Pick<WordPressSite, 'origin'>, key: CacheKey): Promise<PageCache> {
  const port = await freePort()
  const program = findNginx()
  const origin = `http://127.0.0.1:${port}`
  const { host } = new URL(site.origin)
  const { stop } =
    program === undefined
      ? await startOwnCache(site.origin, port, key)
      : await startNginx(program, port, (folder) => configOf(key, folder, port, site.origin))
  return {
    name: program === undefined ? 'a small cache of our own (there is no nginx here)' : 'nginx',
    origin,
    // WordPress is asked by its own name, as behind any proxy.
    fetch: (path, request = {}) =>
      fetchPage(origin, path, { ...request, headers: { host, ...request.headers } }),
    stop,
  }
}

function configOf(key: CacheKey, folder: string, port: number, upstream: string): string {
  const config = key === 'url' ? BY_ADDRESS : guideConfig()
  return config
    .replaceAll('/var/cache/nginx/pages', `${folder}/pages`)
    .replaceAll('http://127.0.0.1:8080', upstream)
    .replace(
      'server {',
      `server {\n listen 127.0.0.1:${port};\n add_header X-Cache $upstream_cache_status always;`,
    )
}

/** The configuration for nginx as the guide prints it. */
export function guideConfig(): string {
  const block = /```nginx\n(.*?)```/s.exec(readFileSync(guide, 'utf8'))
  if (block === null) throw new Error('docs/guide/wordpress-caches.md has no nginx configuration any more.')
  return block[1]!
}

// Nothing but the address: no cookie is looked at, nobody passes by.
const BY_ADDRESS = `
proxy_cache_path /var/cache/nginx/pages keys_zone=pages:10m max_size=1g inactive=1d;
server {
  location / {
    proxy_cache       pages;
    proxy_cache_key   "$scheme$host$request_uri";
    proxy_cache_valid 200 301 302 404 ${KEPT_SECONDS}s;
    proxy_set_header  Host $http_host;
    proxy_pass        http://127.0.0.1:8080;
  }
}`
