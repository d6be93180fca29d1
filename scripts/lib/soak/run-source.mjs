import { fork } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { below } from '../paths.mjs'
import { findNode, toolEnv } from '../toolchain.mjs'

const children = new Set()

/** Starts a TypeScript program of the repository, from source, and talks with it over IPC. */
export function runSource(path, args = [], env = {}) {
  const child = fork(below(path), args.map(String), {
    execPath: findNode(),
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      pathToFileURL(below('scripts', 'lib', 'resolve-source.mjs')).href,
    ],
    env: toolEnv(env),
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** Ends every program that was started here. */
export function endSources() {
  for (const child of children) child.kill()
}
