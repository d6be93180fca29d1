import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const FLAGS = ['--expose-gc', '--disable-warning=ExperimentalWarning']
const here = (file) => fileURLToPath(new URL(file, import.meta.url))

/** Runs a script of this folder in a fresh process; answers what it prints last. */
export async function runNode(script, args, flags = []) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...FLAGS, ...flags, here(script), ...args],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  return stdout.trim().split('\n').at(-1)
}
