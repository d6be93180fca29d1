import { countOf } from '../terminal/format.ts'
import { printable, type Style } from '../terminal/style.ts'
import type { Imported } from './import-growthbook.ts'

/** What became of a file, for people: what was made, what it takes for granted, and what was left out and why. */
export function renderImport(file: string, { segments, refused, assumed }: Imported, style: Style): string {
  const made = countOf(Object.keys(segments).length, 'segment')
  const lines = [`${style.strong(printable(file))}: ${made}, ${countOf(refused.length, 'refusal')}.`]
  if (assumed.length > 0)
    lines.push('', 'The answers are the same as long as these hold nothing, or what is said:')
  for (const { attribute, types } of assumed)
    lines.push(`  ${printable(attribute.path)}  ${types.map((type) => WORDS[type]).join(' or ')}`)
  if (refused.length > 0) lines.push('', 'Left out:')
  for (const { path, reason } of refused)
    lines.push(`  ${style.red(printable(path))}`, `    ${printable(reason)}`)
  return `${lines.join('\n')}\n`
}

const WORDS = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list of text',
  version: 'a version of three numbers, such as 2.10.0',
} as const
