import type { Problem } from '@attune/core'
import { countOf } from './format.ts'
import { printable, type Style } from './style.ts'

const LONGEST_VALUE = 200

/** Findings as blocks of severity and path, value, and the cure, closed by their number. */
export function renderFindings(file: string, problems: readonly Problem[], style: Style): string {
  const blocks = problems.map((problem) => `${renderFinding(problem, style)}\n`)
  return `${[...blocks, summaryOf(file, problems, style)].join('\n')}\n`
}

function renderFinding({ severity, path, code, message, value }: Problem, style: Style): string {
  const paint = severity === 'error' ? style.red : style.yellow
  const lines = [`${paint(severity.padEnd(7))}  ${style.strong(printable(path))}  ${style.faint(code)}`]
  if (value !== undefined) lines.push(`  value  ${showValue(value)}`)
  lines.push(`  ${printable(message)}`)
  return lines.join('\n')
}

function showValue(value: unknown): string {
  const text = printable(JSON.stringify(value) ?? String(value))
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text
}

function summaryOf(file: string, problems: readonly Problem[], style: Style): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const counts = `${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}`
  if (errors > 0)
    return `${style.red(printable(file))}: ${counts}. It is not published until the errors are mended.`
  if (warnings > 0) return `${style.yellow(printable(file))}: sound, with ${countOf(warnings, 'warning')}.`
  return `${style.green(printable(file))}: sound. Nothing was found.`
}
