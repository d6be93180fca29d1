import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const DIST = fileURLToPath(new URL('../../packages/tracker/dist/', import.meta.url))

/** An event as it came in, with the page that its batch named. */
export interface Heard {
  readonly name: string
  readonly page: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** A site of plain pages with the tracker's script, which remembers what it is told. */
export interface BehaviourSite {
  readonly origin: string
  /** What was collected, in the order it came. */
  readonly heard: Heard[]
  /** Paths of the scripts that were asked for. */
  readonly scripts: string[]
  /** Paths that browsers asked for ahead, to render before anybody sees them. */
  readonly prerendered: string[]
  /** Body of each path; the script is put at its end. */
  readonly pages: Map<string, string>
  /** The policy of every page; none by default. `NONCE` stands for the one of the page's script. */
  policy: string | undefined
  /** Scripts that are not to be had. */
  readonly missing: Set<string>
  stop(): Promise<void>
}

const NONCE = 'a-nonce-of-a-test'

/** Starts the site on a free port. */
export async function startBehaviourSite(): Promise<BehaviourSite> {
  const server = createServer((request, response) => answer(site, request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const site: BehaviourSite = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    scripts: [],
    prerendered: [],
    pages: new Map(),
    policy: undefined,
    missing: new Set(),
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return site
}

function answer(site: BehaviourSite, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://site')
  if (pathname === '/attune/collect') return collect(site, request, response)
  if (pathname.endsWith('.js')) return sendScript(site, pathname, response)
  if (pathname === '/favicon.ico') return void response.writeHead(204).end()
  if (`${request.headers['sec-purpose']}`.includes('prerender')) site.prerendered.push(pathname)
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    ...(site.policy === undefined
      ? {}
      : { 'content-security-policy': site.policy.replace('NONCE', `'nonce-${NONCE}'`) }),
  })
  const script = `<script defer src="/attune.js?v=1" nonce="${NONCE}"></script>`
  response.end(
    `<!doctype html><html lang="en"><title>${pathname}</title><body>${site.pages.get(pathname) ?? ''}${script}`,
  )
}

function collect(site: BehaviourSite, request: IncomingMessage, response: ServerResponse): void {
  let text = ''
  request.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  request.on('end', () => {
    const { page, events }: { page: string; events: Heard[] } = JSON.parse(text)
    site.heard.push(...events.map(({ name, properties }) => ({ name, page, properties })))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
}

function sendScript(site: BehaviourSite, pathname: string, response: ServerResponse): void {
  site.scripts.push(pathname)
  if (site.missing.has(pathname)) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=60' })
  response.end(readFileSync(`${DIST}${pathname.slice(1)}`))
}
