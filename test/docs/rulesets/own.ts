import { createRulesetSource, openEnvelope, type RulesetSource } from '@attune/storage/ruleset-source'

export function openRuleset(readRow: (signal: AbortSignal) => Promise<unknown>): RulesetSource {
  const name = 'the table of rulesets'
  return createRulesetSource(name, async (known, signal) => {
    const found = await openEnvelope(name, await readRow(signal), [process.env.ATTUNE_SECRET ?? ''])
    return found.version === known ? undefined : found
  })
}
