import { spawn } from 'node:child_process'
import type { Engine } from './engine.ts'
import { linesOf } from './lines-of.ts'
import { ANSWER, PLUGIN_FOLDER, type Program } from './plugin-folder.ts'

/**
 * No php.ini and none of the extensions that may be missing elsewhere; floats written as old hosts have it, which must not
 * show; everything PHP complains of is heard.
 */
const FLAGS = ['-n', '-d', 'precision=5', '-d', 'serialize_precision=17', '-d', 'memory_limit=512M'].concat(
  ['error_reporting=-1', 'display_errors=stderr', 'zend.assertions=1'].flatMap((line) => ['-d', line]),
)
const SHOWN_ERROR = 2_000

/** Starts a process of the machine's own PHP; it lives until `end`. */
export function startNative(
  { path, version }: { readonly path: string; readonly version: string },
  program: Program = ANSWER,
): Engine {
  const php = spawn(path, [...FLAGS, `${PLUGIN_FOLDER}${program}`])
  const answers = linesOf(php.stdout)
  let complaints = ''
  php.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  php.on('error', (error) => {
    complaints += error.message
  })
  // Writing to a process that died says less than the end of its answers.
  php.stdin.on('error', () => {})
  const ended = new Promise<void>((resolve) => php.on('close', () => resolve()))

  async function ask(lines: readonly string[]): Promise<readonly string[]> {
    php.stdin.write(lines.map((line) => `${line}\n`).join(''))
    const given: string[] = []
    while (given.length < lines.length) {
      const next = await answers.next()
      if (next.done) break
      given.push(next.value)
    }
    if (given.length < lines.length) await ended
    if (given.length < lines.length || complaints !== '')
      throw new Error(
        `PHP ${version} gave ${given.length} of ${lines.length} answers: ${complaints.slice(0, SHOWN_ERROR)}`,
      )
    return given
  }

  async function end(): Promise<void> {
    php.stdin.end()
    await ended
  }

  return { name: `PHP ${version}`, ask, end }
}
