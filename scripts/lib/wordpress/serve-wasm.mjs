// Serves a WordPress folder with PHP in WebAssembly: node serve-wasm.mjs <folder> <port>
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sitePackage } from './site-packages.mjs'
import { createWasmPhp } from './wasm-php.mjs'

const HIDDEN = /\/\.ht|^\/+wp-content\/+(?:database\/|debug\.log|mail\.jsonl)|\.\./

const [folder, port] = process.argv.slice(2)
const router = fileURLToPath(new URL('./php/router.php', import.meta.url))
const php = await createWasmPhp([folder, dirname(router)])
const { inferMimeType } = await sitePackage('@php-wasm/universal')

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    process.stderr.write(`${request.method} ${request.url}: ${error?.stack ?? error}\n`)
    if (!response.headersSent) response.writeHead(500)
    response.end()
  })
})
server.listen(Number(port), '127.0.0.1')
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(0))

async function answer(request, response) {
  const file = staticFile(request.url)
  if (file === undefined) return fromPhp(request, response)
  response.writeHead(200, { 'Content-Type': inferMimeType(file.path), 'Content-Length': file.size })
  createReadStream(file.path).pipe(response)
}

/** The file that a path names, unless PHP has to see it. */
function staticFile(url) {
  const path = decode(url.split('?')[0])
  if (path === undefined || path.endsWith('.php') || HIDDEN.test(path)) return undefined
  const stat = statSync(join(folder, path), { throwIfNoEntry: false })
  return stat?.isFile() ? { path: join(folder, path), size: stat.size } : undefined
}

function decode(path) {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not UTF-8: no file of ours is called so.
    return undefined
  }
}

async function fromPhp(request, response) {
  const body = await Array.fromAsync(request)
  const { httpStatusCode, headers, bytes } = await php
    .run({
      scriptPath: router,
      relativeUri: request.url,
      method: request.method,
      headers: request.headers,
      body: Buffer.concat(body),
      $_SERVER: { DOCUMENT_ROOT: folder, SERVER_PORT: port, REMOTE_ADDR: '127.0.0.1' },
    })
    .catch(onFailure)
  response.writeHead(httpStatusCode, headers)
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

// A script that exits with another code than 0 has answered all the same.
function onFailure(error) {
  if (error.response === undefined) throw error
  process.stderr.write(error.response.errors)
  return error.response
}
