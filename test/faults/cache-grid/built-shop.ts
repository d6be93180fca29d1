import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../support/free-port.ts'

/** A production build of the shop of its own, running; what it renders and stores is nobody else's. */
export interface BuiltShop {
  readonly port: number
  readonly origin: string
  readonly secret: string
  readonly buildId: string
  /** Every file of its build and its cache. */
  readonly files: () => readonly string[]
  readonly output: () => string
  readonly stop: () => Promise<void>
}

const shop = fileURLToPath(new URL('../../../examples/next-shop', import.meta.url))
const copies = fileURLToPath(new URL('../../../.attune/cache-grid', import.meta.url))
const COPIED = ['package.json', 'next.config.ts', 'tsconfig.json', 'public', '.next']
const READY_LIMIT_MS = 60_000
const ASK_EVERY_MS = 100

/**
 * Starts a copy of the built shop with an empty store and, unless one is given, a secret of its own. `proxy: false` takes its `proxy.ts` away, as if
 * somebody had found a way past it.
 */
export async function startBuiltShop({
  proxy = true,
  secret = randomBytes(33).toString('base64url'),
}: {
  readonly proxy?: boolean
  readonly secret?: string
} = {}): Promise<BuiltShop> {
  if (!existsSync(join(shop, '.next/BUILD_ID')))
    throw new Error('examples/next-shop is not built. Run `npm test`, which builds it.')
  const folder = join(copies, randomBytes(6).toString('hex'))
  copyShop(folder)
  if (!proxy) removeProxy(folder)
  const port = await freePort()
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(port)], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ATTUNE_SECRET: secret,
      ATTUNE_KEYS_AT_REST: randomBytes(33).toString('base64url'),
      ATTUNE_DATA: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  const origin = `http://localhost:${port}`
  if (!(await answers(child, `${origin}/privacy`))) {
    await stop()
    throw new Error(`The copy of the shop did not start:\n${output}`)
  }
  return {
    port,
    origin,
    secret,
    buildId: readFileSync(join(folder, '.next/BUILD_ID'), 'utf8').trim(),
    files: () => readdirSync(join(folder, '.next'), { recursive: true, encoding: 'utf8' }),
    output: () => output,
    stop,
  }
}

function copyShop(folder: string): void {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const built = join(shop, '.next')
  // Pages that earlier runs rendered stay behind: they were sealed with other secrets.
  const left = [join(built, 'cache'), join(built, 'server', 'route-cache')]
  for (const name of COPIED)
    cpSync(join(shop, name), join(folder, name), { recursive: true, filter: (path) => !left.includes(path) })
  symlinkSync(join(shop, 'node_modules'), join(folder, 'node_modules'), 'junction')
}

function removeProxy(folder: string): void {
  const manifest = join(folder, '.next/server/functions-config-manifest.json')
  const { functions, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly functions: { readonly [name: string]: unknown }
  }
  if (functions['/_middleware'] === undefined) throw new Error(`${manifest} names no proxy to take away.`)
  const left = Object.fromEntries(Object.entries(functions).filter(([name]) => name !== '/_middleware'))
  writeFileSync(manifest, JSON.stringify({ ...rest, functions: left }))
  rmSync(join(folder, '.next/server/middleware.js'))
}

async function answers(child: ChildProcess, url: string): Promise<boolean> {
  const limit = performance.now() + READY_LIMIT_MS
  while (child.exitCode === null && performance.now() < limit) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return true
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return false
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(patience)
}
