import { readFileSync } from 'node:fs'
import { failure, type Result, type Ruleset } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { readJson } from '@attune/core/json'

/** Reads a ruleset from a file: strict JSON, then every check of the language. Warnings do not keep it from being one. */
export function readRulesetFile(path: string): Result<Ruleset> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return failure('$', 'unreadable', `The file ${path} cannot be read: ${why}. Check the path.`, path)
  }
  const json = readJson(text)
  return json.ok ? parseRuleset(json.value) : json
}
