import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const shop = fileURLToPath(new URL('../../examples/next-shop', import.meta.url))

/** The built shop, running for one test file. */
export interface ShopServer {
  readonly origin: string
  /** What it seals with: new at each start, so that no page of an earlier run is in its cache. */
  readonly secret: string
  /** Where its store lies. */
  readonly data: string
  /** What it printed so far. */
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** Starts the production build of the shop on a free port with an empty store; throws when it was not built. */
export async function startShop(env: NodeJS.ProcessEnv = {}): Promise<ShopServer> {
  if (!existsSync(join(shop, '.next/BUILD_ID')))
    throw new Error('The shop is not built. Run `npm test`, which builds it.')
  const data = await mkdtemp(join(tmpdir(), 'attune-e2e-'))
  const port = await freePort()
  const secret = randomBytes(33).toString('base64url')
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(port)], {
    cwd: shop,
    env: { ...process.env, NODE_ENV: 'production', ATTUNE_SECRET: secret, ATTUNE_DATA: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const origin = `http://localhost:${port}`
  await waitUntilUp(origin, child, () => output)
  return {
    origin,
    secret,
    data,
    output: () => output,
    stop: async () => {
      await endProcess(child)
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** A TCP port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function waitUntilUp(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${origin}/privacy`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    )
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await endProcess(child)
  throw new Error(`The shop did not start:\n${output()}`)
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(patience)
}
