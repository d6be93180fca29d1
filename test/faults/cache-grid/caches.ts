import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installDebian, mayInstall } from '../../../scripts/lib/debian.mjs'
import { freePort } from '../../support/free-port.ts'
import { findNginx, startNginx } from '../../support/nginx.ts'
import { type Behind, ensureVarnish, startVarnish, VARNISH_STORED } from '../../support/varnish.ts'
import { type Answered, type Asker, createAsker } from './ask.ts'

/** A shared cache in front of the shop. */
export interface GridCache extends Asker {
  readonly name: 'nginx' | 'Varnish'
  readonly port: number
  /** The answer was in the cache before it was asked for. */
  readonly wasStored: (answer: Answered) => boolean
  /** How much was stored so far: a number that only an answer which is kept makes another. */
  readonly stored: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** The programs of both, or why a test on them is skipped. */
export interface Programs {
  readonly nginx: string
  readonly varnish: string
}

/** Finds nginx and Varnish, installing Debian's where this account may; says what is missing where one cannot be had. */
export async function findPrograms(): Promise<Programs | string> {
  const varnish = await ensureVarnish()
  if (process.env.ATTUNE_NGINX !== 'none' && findNginx() === undefined && mayInstall())
    await installDebian(['nginx-light'])
  const nginx = findNginx()
  if (nginx !== undefined && varnish !== undefined) return { nginx, varnish }
  const missing = [...(nginx === undefined ? ['nginx'] : []), ...(varnish === undefined ? ['varnish'] : [])]
  return `there is no ${missing.join(' and no ')} (Debian: apt-get install ${missing.join(' ')})`
}

/**
 * nginx's own key ($scheme$proxy_host$request_uri), and eager: what says nothing of itself is kept, if its status lets a cache guess
 * (RFC 9110, section 15.1). Larger buffers, because Next.js repeats the query in a header, and nginx's own hold 4 kB of headers.
 */
export const DEFAULT_NGINX: string = `
proxy_cache_path /var/cache/nginx/site keys_zone=site:10m max_size=1g inactive=1d;
server {
  listen 80;
  location / {
    proxy_cache       site;
    proxy_cache_valid 200 203 204 300 301 308 404 405 410 414 501 10m;
    proxy_buffer_size 16k;
    proxy_buffers     8 16k;
    proxy_pass        http://127.0.0.1:3000;
  }
}`

/** Starts nginx with a configuration that stands in front of 127.0.0.1:3000, as the guide writes it; by default its own key. */
export async function startNginxCache(
  program: string,
  upstream: number,
  config: string = DEFAULT_NGINX,
): Promise<GridCache> {
  const port = await freePort()
  const { folder, stop } = await startNginx(program, port, (own) =>
    config
      .replaceAll('/var/cache/nginx/site', `${own}/site`)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${upstream}`)
      .replace(
        /listen\s+80;/,
        `listen 127.0.0.1:${port};\n  add_header X-Cache $upstream_cache_status always;`,
      ),
  )
  const asker = createAsker(port)
  return {
    name: 'nginx',
    port,
    ...asker,
    wasStored: ({ headers }) => /HIT|STALE|REVALIDATED|UPDATING/.test(headers.get('x-cache') ?? ''),
    stored: async () => keysOf(join(folder, 'site')).length,
    stop: async () => {
      asker.close()
      await stop()
    },
  }
}

function keysOf(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.flatMap((name) => {
    const [, key] = /\nKEY: (.*)\n/.exec(readText(join(folder, name))) ?? []
    return key === undefined ? [] : [key]
  })
}

// A folder, or an entry that nginx took away meanwhile, has no text.
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** Starts Varnish with its own rules, or with those of the guide. */
export async function startVarnishCache(program: string, upstream: number, vcl?: string): Promise<GridCache> {
  const port = await freePort()
  const behind: Behind =
    vcl === undefined ? { upstream } : { vcl: vcl.replace(/\.port = "3000"/, `.port = "${upstream}"`) }
  const { count, stop } = await startVarnish(program, port, behind)
  const asker = createAsker(port)
  return {
    name: 'Varnish',
    port,
    ...asker,
    // A second number names the request that the stored answer was fetched for.
    wasStored: ({ headers }) => /\d \d/.test(headers.get('x-varnish') ?? ''),
    stored: () => count(VARNISH_STORED),
    stop: async () => {
      asker.close()
      await stop()
    },
  }
}
