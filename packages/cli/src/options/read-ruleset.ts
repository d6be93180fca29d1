import type { Problem, Ruleset } from '@attune/core'
import { readRulesetFile } from '@attune/storage/ruleset-file'
import { CannotRun } from '../command.ts'

/** Reads a ruleset that a command is to work with. @throws CannotRun with the first error when it is not sound. */
export function readRuleset(file: string): Ruleset {
  const read = readRulesetFile(file)
  if (read.ok) return read.value
  const [first] = read.problems
  throw first?.code === 'unreadable' ? new CannotRun(first.message) : unsoundRuleset(file, read.problems)
}

/** Says the first of what is wrong with a ruleset, and how much more there is. */
export function unsoundRuleset(file: string, [first, ...rest]: readonly Problem[]): CannotRun {
  const more = rest.length === 0 ? '' : ` And ${rest.length} more.`
  return new CannotRun(
    `The ruleset ${JSON.stringify(file)} is not sound. ${first?.path}: ${first?.message}${more} \`attune check\` tells all.`,
  )
}
