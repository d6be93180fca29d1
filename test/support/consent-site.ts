import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** A request that a page of the site sent to its log of consent. */
export interface LoggedRequest {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A small site with our banner, under a strict Content-Security-Policy. */
export interface ConsentSite {
  readonly origin: string
  readonly logged: LoggedRequest[]
  stop(): Promise<void>
}

const SCRIPTS = fileURLToPath(new URL('../../packages/tracker/dist', import.meta.url))
const SCRIPT = /^\/attune-consent(?:-[a-z]+)?\.js$/
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'"

/** Starts it on a free port. Attributes of `<attune-consent>` are those of the page's query; on `/followed` those of a script. */
export async function startConsentSite(): Promise<ConsentSite> {
  const logged: LoggedRequest[] = []
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? '/', 'http://site.test')
    if (SCRIPT.test(url.pathname)) {
      answer
        .setHeader('content-type', 'text/javascript; charset=utf-8')
        .end(readFileSync(SCRIPTS + url.pathname))
    } else if (url.pathname === '/attune/consent') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      logged.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      answer.writeHead(204).end()
    } else if (url.pathname === '/followed') {
      const tag = `<script${attributesOf(url.searchParams)}></script>`
      answer.setHeader('content-security-policy', POLICY)
      answer
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(`<!doctype html><title>Followed</title>${tag}`)
    } else if (url.pathname === '/') {
      answer.setHeader('content-security-policy', POLICY)
      answer.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(url.searchParams))
    } else answer.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // It listens on TCP.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    logged,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function attributesOf(query: URLSearchParams): string {
  const escaped = (value: string): string => value.replace(/&/g, '&amp;').replace(/'/g, '&#39;')
  return [...query].map(([name, value]) => ` ${name}='${escaped(value)}'`).join('')
}

function pageOf(query: URLSearchParams): string {
  const text =
    '<p>Bread from our own oven, every morning from six. The flour comes from two valleys away.</p>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Bakery</title>
<script defer src="/attune-consent.js"></script>
</head>
<body>
<attune-consent${attributesOf(query)}></attune-consent>
<main>
<h1>The bakery</h1>
${text.repeat(12)}
<p><a href="/#order">Order for tomorrow</a></p>
<p><button type="button" data-attune-consent="open">Privacy choices</button>
<button type="button" data-attune-consent="none">Forget me</button></p>
</main>
</body>
</html>`
}
