import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

/** A built Next.js example, running for one test file. */
export interface NextServer {
  readonly origin: string
  /** What it seals with: new at each start, so that no page of an earlier run is in its cache. */
  readonly secret: string
  /** Makes the HMACs under which its store keeps visitors. */
  readonly keysAtRest: string
  /** Where its store lies. */
  readonly data: string
  /** What it printed so far. */
  readonly output: () => string
  readonly stop: () => Promise<void>
}

export interface NextServerOptions {
  /** Its folder below `examples`. */
  readonly example: string
  /** A path that answers 200 once it is up. */
  readonly probe: string
  readonly port?: number
  readonly env?: NodeJS.ProcessEnv
}

/** Starts the production build of an example on a free port with an empty store; throws when it was not built. */
export async function startNext({ example, probe, port, env }: NextServerOptions): Promise<NextServer> {
  const cwd = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url))
  if (!existsSync(join(cwd, '.next/BUILD_ID')))
    throw new Error(`examples/${example} is not built. Run \`npm test\`, which builds it.`)
  const data = await mkdtemp(join(tmpdir(), 'attune-e2e-'))
  const listening = port ?? (await freePort())
  const [secret, keysAtRest] = [newSecret(), newSecret()]
  const child = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '-p', String(listening)],
    {
      cwd,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        ATTUNE_SECRET: secret,
        ATTUNE_KEYS_AT_REST: keysAtRest,
        ATTUNE_DATA: data,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const origin = `http://localhost:${listening}`
  await waitUntilUp(`${origin}${probe}`, child, () => `${example} did not start:\n${output}`)
  return {
    origin,
    secret: env?.ATTUNE_SECRET ?? secret,
    keysAtRest: env?.ATTUNE_KEYS_AT_REST ?? keysAtRest,
    data,
    output: () => output,
    stop: async () => {
      await endProcess(child)
      await rm(data, { recursive: true, force: true })
    },
  }
}

function newSecret(): string {
  return randomBytes(33).toString('base64url')
}

async function waitUntilUp(url: string, child: ChildProcess, failure: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) break
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await endProcess(child)
  throw new Error(failure())
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(patience)
}
