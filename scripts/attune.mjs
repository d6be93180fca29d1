// npm run -s attune -- <command>: the command line from source. Standard output belongs to the command alone.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { below } from './lib/paths.mjs'
import { onStop } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { findNode, install, isInstalled } from './lib/toolchain.mjs'
import { explain } from './lib/trouble.mjs'

const loaded = (name) => ['--import', pathToFileURL(below('scripts', 'lib', name)).href]

async function main() {
  if (!isInstalled()) await step('Installing', install)
  const program = below('packages', 'cli', 'src', 'attune.ts')
  const flags = [
    '--disable-warning=ExperimentalWarning',
    ...loaded('resolve-source.mjs'),
    ...loaded('end-with-parent.mjs'),
  ]
  const child = spawn(findNode(), [...flags, program, ...process.argv.slice(2)], {
    cwd: callerFolder(),
    stdio: 'inherit',
  })
  onStop((reason) => {
    // At a terminal, Ctrl-C has reached the command already.
    if (reason !== 'SIGINT' || !process.stdin.isTTY) child.kill(reason === 'parent' ? 'SIGTERM' : reason)
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}

/** Where the person stands: npm moves scripts to the root, which would break relative paths. */
function callerFolder() {
  const underNpm = process.env.npm_lifecycle_event === 'attune'
  return (underNpm && process.env.INIT_CWD) || process.cwd()
}

main().catch((error) => {
  process.stderr.write(explain(error))
  process.exitCode = 1
})
