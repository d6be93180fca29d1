import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { createRenewal } from '@attune/collector/renewal'
import { createSockets, type Sockets } from '@attune/collector/socket'
import {
  type AttuneEvent,
  createSealKeys,
  decide,
  decodeToken,
  decodeVisitor,
  type Ruleset,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { createMemoryStore } from '@attune/storage/memory'
import { Placement } from '../../packages/next/src/page/placement.tsx'
import { livePage } from './live-placement-page.ts'

/** A site of one page with a live placement, its collector and its sockets. */
export interface LiveSite {
  readonly origin: string
  readonly port: number
  /** Those that are open now; another one after each `restart`. */
  readonly sockets: () => Sockets
  /** Closes every socket as a server that stops does, and takes new ones. */
  readonly restart: () => Promise<void>
  /** Batches that came by HTTP. */
  readonly posted: string[]
  /** Events that are kept, in the order in which they came. */
  readonly kept: AttuneEvent[]
  /** What the next page would show to whoever has these cookies. */
  readonly next: (cookies: readonly { readonly name: string; readonly value: string }[]) => string | undefined
  readonly stop: () => Promise<void>
}

const SECRET = 'the secret of live pages under test of 32 characters or more'
const RULESET: Ruleset = {
  version: 1,
  revision: 'live',
  events: {
    page_view: { purpose: 'statistics' },
    look: { properties: { n: 'number' } },
    buy: {},
  },
  segments: {
    keen: { when: { count: 'look', atLeast: 3 } },
    buyer: { when: { count: 'buy', atLeast: 1 } },
  },
  placements: { offer: { baseline: 'none', variants: ['none', 'ten', 'twenty'] } },
  experiences: [
    {
      key: 'thanks',
      placement: 'offer',
      audience: { segment: 'buyer' },
      allocation: [{ variant: 'twenty', share: 1 }],
    },
    {
      key: 'nudge',
      placement: 'offer',
      audience: { segment: 'keen' },
      allocation: [{ variant: 'ten', share: 1 }],
    },
  ],
  routes: { '/': ['offer'] },
}
const COMPILED = compileDocument(RULESET)
const KEYS = createSealKeys(SECRET)

const root = fileURLToPath(new URL('../../', import.meta.url))
const react = createRequire(`${root}packages/next/package.json`)

/** Starts it on a free port. */
export async function startLiveSite(): Promise<LiveSite> {
  const kept: AttuneEvent[] = []
  const posted: string[] = []
  const store = createMemoryStore()
  const options = {
    ruleset: RULESET,
    secret: SECRET,
    store: {
      ...store,
      append: async (batch: Parameters<typeof store.append>[0]) => {
        const result = await store.append(batch)
        kept.push(...batch.events.filter(({ id }) => result.accepted.includes(id)))
        return result
      },
    },
  }
  const { handle } = createCollector(options)
  const collect = createNodeHandler(handle)
  const renew = createNodeHandler(createRenewal(options).handle)
  const open = () => createSockets({ secret: SECRET, handle, perAddress: 100 })
  const script = await bundle()
  const html = pageOf()
  let sockets = open()

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): unknown => {
    const path = incoming.url?.split('?')[0] ?? '/'
    if (path === '/attune/collect') {
      posted.push(incoming.headers['content-type'] ?? '')
      return collect(incoming, outgoing)
    }
    if (path === '/attune/socket') return renew(incoming, outgoing)
    if (path === '/page.js') return send(outgoing, 'text/javascript', script)
    if (/^\/attune[a-z-]*\.js$/.test(path))
      return send(outgoing, 'text/javascript', readFileSync(`${root}packages/tracker/dist${path}`, 'utf8'))
    if (path === '/favicon.ico') return outgoing.writeHead(204).end()
    return send(outgoing, 'text/html', html)
  }
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
  server.on('upgrade', (...asked) => sockets.upgrade(...asked))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    port,
    sockets: () => sockets,
    restart: async () => {
      const before = sockets
      sockets = open()
      await before.close(5_000)
    },
    posted,
    kept,
    next: (cookies) => {
      const cookieNamed = (name: string) => cookies.find((cookie) => cookie.name === name)?.value ?? ''
      const visitor = decodeVisitor(KEYS, 'site', cookieNamed('attune_visitor'))
      if (visitor === undefined) return undefined
      const now = Date.now()
      const owner = { site: 'site', visitor }
      const token = decodeToken(KEYS, owner, COMPILED, cookieNamed('attune_token'), Math.floor(now / 1000))
      if (token === undefined) return undefined
      const asked = { profile: token.profile, context: {}, consent: { preferences: true }, now, visitor }
      return decide(COMPILED, asked, ['offer'])[0]?.variant
    },
    stop: async () => {
      await sockets.close(1_000)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(outgoing: ServerResponse, type: string, text: string): void {
  outgoing.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text)
}

function pageOf(): string {
  const { createElement } = react('react')
  const { renderToString } = react('react-dom/server')
  const body: string = renderToString(livePage(createElement, Placement, 'none'))
  return `<!doctype html><html lang="en"><title>Boots</title><body><div id="root">${body}</div>
    <script defer src="/page.js"></script><script defer src="/attune.js"></script>`
}

interface Rolldown {
  readonly build: (options: object) => Promise<{ readonly output: readonly { readonly code: string }[] }>
}

/** The page's own script, as a site's bundler makes it of the published package. */
async function bundle(): Promise<string> {
  const tools = createRequire(createRequire(`${root}package.json`).resolve('tsdown'))
  const { build } = (await import(pathToFileURL(tools.resolve('rolldown')).href)) as Rolldown
  const entry = `
    import { createElement } from 'react'
    import { hydrateRoot } from 'react-dom/client'
    import { Placement } from '${root}packages/next/dist/page/placement.js'
    import { livePage } from '${root}test/support/live-placement-page.ts'
    hydrateRoot(document.getElementById('root'), livePage(createElement, Placement, 'none'))`
  const { output } = await build({
    input: 'page',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
    output: { format: 'iife', intro: 'const process = { env: { NODE_ENV: "production" } };' },
    plugins: [
      {
        name: 'page',
        resolveId: (id: string) => {
          if (id === 'page') return id
          return /^react/.test(id) ? react.resolve(id) : undefined
        },
        load: (id: string) => (id === 'page' ? entry : undefined),
      },
    ],
  })
  return output[0]!.code
}
