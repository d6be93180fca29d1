import type { Ruleset } from '@attune/core'
import { readRulesetFile } from '@attune/storage/ruleset-file'
import { CannotRun } from '../command.ts'

/** Reads a ruleset that a command is to work with. @throws CannotRun with the first error when it is not sound. */
export function readRuleset(file: string): Ruleset {
  const read = readRulesetFile(file)
  if (read.ok) return read.value
  const [first, ...rest] = read.problems
  if (first?.code === 'unreadable') throw new CannotRun(first.message)
  const more = rest.length === 0 ? '' : ` And ${rest.length} more.`
  throw new CannotRun(
    `The ruleset ${JSON.stringify(file)} is not sound. ${first?.path}: ${first?.message}${more} \`attune check\` tells all.`,
  )
}
