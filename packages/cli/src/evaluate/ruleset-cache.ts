import { type CompiledRuleset, failure, type Json, type Result, success } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { MAX_DOCUMENT_BYTES } from '@attune/core/json'
import { compileDocument } from '@attune/core/publish'

/** Compiles rulesets, each once while it is among the last few used. */
export interface RulesetCache {
  compile(value: Json): Result<CompiledRuleset>
}

const MOST_RULESETS = 64

/** A cache by the ruleset's text. Refused rulesets are remembered as well: their errors cost as much to find. */
export function createRulesetCache(): RulesetCache {
  const known = new Map<string, Result<CompiledRuleset>>()

  function compile(value: Json): Result<CompiledRuleset> {
    const text = JSON.stringify(value)
    const result = known.get(text) ?? compileText(value, text)
    // Last in, last to go: a Map keeps the order of insertion.
    known.delete(text)
    known.set(text, result)
    if (known.size > MOST_RULESETS) known.delete(known.keys().next().value!)
    return result
  }

  return { compile }
}

function compileText(value: Json, text: string): Result<CompiledRuleset> {
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_DOCUMENT_BYTES) {
    const message = `The ruleset has ${bytes} bytes; ${MAX_DOCUMENT_BYTES} are allowed. Make it smaller.`
    return failure('$', 'too-large', message)
  }
  const parsed = parseRuleset(value)
  return parsed.ok ? success(compileDocument(parsed.value)) : parsed
}
