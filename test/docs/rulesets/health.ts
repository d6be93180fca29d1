import type { RulesetSource } from '@attune/storage'

export function answerHealth(source: RulesetSource): Response {
  const ruleset = source.state()
  return Response.json({ ruleset }, { status: ruleset.state === 'default' ? 503 : 200 })
}
