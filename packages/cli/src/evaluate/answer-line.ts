import type { Problem } from '@attune/core'
import { readJson } from '@attune/core/json'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import type { Line } from '../streams/read-lines.ts'
import { evaluateCase } from './evaluate-case.ts'
import { parseCase } from './parse-case.ts'
import type { RulesetCache } from './ruleset-cache.ts'

/** The most bytes of one case: 8 MB. */
export const MAX_LINE: number = 8 * 1024 * 1024
const SHOWN_PROBLEMS = 5

/** Answers one case: the JSON text of its answer, or of `{ "error": … }`. It never throws. */
export function answerLine(line: Line, cache: RulesetCache): string {
  if (!line.ok)
    return refuse(`The line has ${line.length} bytes; ${MAX_LINE} are allowed. Send a smaller case.`)
  const text = decodeUtf8(line.bytes)
  if (text === undefined) return refuse('The line is not UTF-8. Send the case as UTF-8.')
  try {
    const read = readJson(text, MAX_LINE)
    if (!read.ok) return refuse(describe(read.problems))
    const parsed = parseCase(read.value, cache)
    if (!parsed.ok) return refuse(describe(parsed.problems))
    return JSON.stringify(evaluateCase(parsed.value))
  } catch (error) {
    // A fault of ours must not cost the cases behind it.
    return refuse(`[cli] evaluate: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function refuse(error: string): string {
  return JSON.stringify({ error })
}

function describe(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const shown = errors.slice(0, SHOWN_PROBLEMS).map(({ path, message }) => `${path}: ${message}`)
  const rest = errors.length - shown.length
  return [...shown, ...(rest > 0 ? [`… and ${rest} more`] : [])].join(' | ')
}
