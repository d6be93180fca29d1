import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import { freePort } from '../support/free-port.ts'
import { newSecret } from './hosts.ts'
import type { RunningHost } from './promises.ts'

interface Processes {
  readonly run: (
    program: string,
    args: readonly string[],
    options: object,
  ) => Promise<{ readonly code: number }>
  readonly start: (
    program: string,
    args: readonly string[],
    options: object,
  ) => { readonly child: { kill(signal: string): void; once(event: 'exit', listener: () => void): void } }
}
interface Toolchain {
  readonly toolEnv: (extra: object) => NodeJS.ProcessEnv
}

type Decides = 'proxy' | 'middleware' | 'none'

/** Which Next.js, and what of it decides; `none`: somebody in front. */
export interface NextHostOptions {
  readonly next: '15' | '16'
  readonly decides: Decides
  readonly secret?: string
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const OURS = ['collector', 'core', 'edge', 'next', 'storage']
const OTHERS: { readonly [decides in Decides]: readonly string[] } = {
  proxy: ['/middleware.js'],
  middleware: ['/proxy.js'],
  none: ['/middleware.js', '/proxy.js'],
}
const PATIENCE_MS = 60_000
const load = (path: string): Promise<unknown> => import(`${root}scripts/lib/${path}`)

/** Builds the fixture with the packages as they are published, and starts it. */
export async function startNext({
  next,
  decides,
  secret = newSecret(),
}: NextHostOptions): Promise<RunningHost> {
  const { run, start } = (await load('processes.mjs')) as Processes
  const { toolEnv } = (await load('toolchain.mjs')) as Toolchain
  const name = `next-${next}-${decides}`
  const app = makeApp(name, next, decides)
  const program = createRequire(join(app, 'package.json')).resolve('next/dist/bin/next')
  const env = toolEnv({ ATTUNE_SECRET: secret, NODE_ENV: 'production' })
  const log = `${app}.build.log`
  const { code } = await run(process.execPath, [program, 'build'], { cwd: app, env, log })
  if (code !== 0) throw new Error(`${name} did not build:\n${readFileSync(log, 'utf8')}`)
  const port = await freePort()
  const args = ['--import', `${root}scripts/lib/end-with-parent.mjs`, program, 'start', '-p', String(port)]
  const { child } = start(process.execPath, args, { cwd: app, env, log: `${app}.log` })
  const origin = `http://localhost:${port}`
  const ended = new Promise<void>((resolve) => child.once('exit', resolve))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  if (await answers(`${origin}/about`)) return { origin, secret, stop }
  await stop()
  throw new Error(`${name} did not answer:\n${readFileSync(`${app}.log`, 'utf8')}`)
}

function makeApp(name: string, next: '15' | '16', decides: Decides): string {
  const app = join(root, '.attune', 'edges', name)
  rmSync(app, { recursive: true, force: true })
  const fixture = join(root, 'test', 'edges', 'next-app')
  cpSync(fixture, app, {
    recursive: true,
    filter: (path) => !OTHERS[decides].some((one) => path.endsWith(one)),
  })
  writeFileSync(join(app, 'ruleset.published.json'), JSON.stringify(readRuleset()))
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }))
  for (const short of OURS) {
    const target = join(app, 'node_modules', '@attune', short)
    for (const part of ['dist', 'package.json'])
      cpSync(join(root, 'packages', short, part), join(target, part), { recursive: true })
  }
  const from = createRequire(
    next === '15' ? join(root, 'test/edges/next-15/package.json') : join(root, 'packages/next/package.json'),
  )
  for (const dependency of ['next', 'react', 'react-dom']) link(app, dependency, from)
  link(app, 'isbot', createRequire(join(root, 'packages/collector/package.json')))
  return app
}

function link(app: string, dependency: string, from: NodeJS.Require): void {
  const target = join(app, 'node_modules', dependency)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(dirname(from.resolve(`${dependency}/package.json`)), target, 'junction')
}

async function answers(url: string): Promise<boolean> {
  const limit = performance.now() + PATIENCE_MS
  while (performance.now() < limit) {
    if (await fetch(url).catch(() => undefined)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}
