import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { publishRuleset } from '@attune/core/publish'
import { below, shopFolder, stateFolder } from '../../scripts/lib/paths.mjs'
import { run, start } from '../../scripts/lib/processes.mjs'
import { findNode, toolEnv } from '../../scripts/lib/toolchain.mjs'

const fixture = below('bench', 'fixtures', 'pages')
const folder = join(stateFolder, 'bench', 'pages')
const requireNext = createRequire(below('packages', 'next', 'package.json'))
const nextProgram = requireNext.resolve('next/dist/bin/next')
const READY_LIMIT_MS = 30_000

/** Builds a copy of the fixture with its `proxy.<name>.js` or `middleware.<name>.js`, or none; resolves to its folder. */
export async function buildApp(name, env) {
  const app = join(folder, name)
  rmSync(app, { recursive: true, force: true })
  mkdirSync(app, { recursive: true })
  cpSync(fixture, app, { recursive: true, filter: (path) => !/(?:proxy|middleware)\.[a-z]+\.js$/.test(path) })
  const document = JSON.parse(readFileSync(join(shopFolder, 'ruleset.json'), 'utf8'))
  writeFileSync(join(app, 'ruleset.published.json'), JSON.stringify(publishRuleset(document)))
  for (const convention of ['proxy', 'middleware']) {
    const file = join(fixture, `${convention}.${name}.js`)
    if (existsSync(file)) cpSync(file, join(app, `${convention}.js`))
  }
  linkDependencies(app)
  const log = join(folder, `${name}.build.log`)
  const { code } = await run(findNode(), [nextProgram, 'build'], { cwd: app, env: toolEnv(env), log })
  if (code !== 0) throw new Error(`The app "${name}" did not build:\n${readFileSync(log, 'utf8')}`)
  return app
}

/** Starts a built app; resolves when it answers. */
export async function startApp(name, app, env) {
  const port = await freePort()
  const args = [
    '--import',
    below('scripts', 'lib', 'end-with-parent.mjs'),
    nextProgram,
    'start',
    '-p',
    String(port),
  ]
  const { child } = start(findNode(), args, { cwd: app, env: toolEnv(env), log: join(folder, `${name}.log`) })
  const limit = performance.now() + READY_LIMIT_MS
  while (!(await fetch(`http://localhost:${port}/`).catch(() => undefined))) {
    if (performance.now() > limit) throw new Error(`The app "${name}" does not answer on port ${port}.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { name, port, pid: child.pid }
}

/** CPU milliseconds a process has used; NaN where there is no /proc. */
export function cpuMs(pid) {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return Number.NaN
  // Fields 14 and 15, user and system time, in ticks of 10 ms; the name in field 2 may hold spaces.
  const fields = readFileSync(path, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

// Below the repository's root, @attune/* is found by walking up; Next and React are not.
function linkDependencies(app) {
  for (const name of ['next', 'react', 'react-dom']) {
    const link = join(app, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(dirname(requireNext.resolve(`${name}/package.json`)), link, 'junction')
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
