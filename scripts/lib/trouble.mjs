import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './paths.mjs'

const SHOWN_LINES = 15

/** Trouble a person can mend: what went wrong, the cure, and the log that says more. */
export class Trouble extends Error {
  constructor(what, { cure, log } = {}) {
    super(what)
    this.cure = cure
    this.log = log
  }
}

/** Words for the terminal: what, the log's first error, where the log is, the cure. */
export function explain(error) {
  if (!(error instanceof Trouble)) return `\n✗ ${error?.stack ?? error}\n`
  const lines = ['', `✗ ${error.message}`]
  if (error.log !== undefined) {
    lines.push(
      '',
      ...gist(error.log).map((line) => `  │ ${line}`),
      '',
      `  Log:  ${relative(root, error.log)}`,
    )
  }
  if (error.cure !== undefined) lines.push(`  Cure: ${error.cure}`)
  return `${lines.join('\n')}\n`
}

// The first error is the cause; what follows it is often only its consequence.
function gist(path) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
  const first = lines.findIndex((line) => /error|failed/i.test(line))
  return first === -1 ? lines.slice(-SHOWN_LINES) : lines.slice(first, first + SHOWN_LINES)
}
