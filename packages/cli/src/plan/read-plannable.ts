import { readFile } from 'node:fs/promises'
import type { Ruleset } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { readJson } from '@attune/core/json'
import { CannotRun } from '../command.ts'
import { decodeUtf8 } from '../streams/decode-utf8.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'

/**
 * Reads a ruleset that is sound but for its budget: whoever asks for the plan wants to see why it is over.
 * @throws CannotRun with the first error otherwise.
 */
export async function readPlannable(file: string): Promise<Ruleset> {
  const read = readJson(await readText(file))
  const problems = read.ok ? checkRuleset(read.value) : read.problems
  const errors = problems.filter(({ severity, code }) => severity === 'error' && code !== 'over-budget')
  if (read.ok && errors.length === 0) return read.value as unknown as Ruleset
  const [first, ...rest] = errors
  const more = rest.length === 0 ? '' : ` And ${rest.length} more.`
  throw new CannotRun(
    `The ruleset ${JSON.stringify(file)} is not sound. ${first?.path}: ${first?.message}${more} \`attune check\` tells all.`,
  )
}

/** Reads a file as strict UTF-8. @throws CannotRun when it cannot be read. */
export async function readText(file: string): Promise<string> {
  const text = decodeUtf8(await readBytes(file))
  if (text === undefined) throw new CannotRun(`${JSON.stringify(file)} is not UTF-8. Save it as UTF-8.`)
  return text
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new CannotRun(describeFileTrouble(file, error))
  }
}
