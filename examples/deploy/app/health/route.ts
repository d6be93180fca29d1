import { openRuleset } from '../../lib/ruleset.ts'

export const dynamic = 'force-dynamic'

/** For a load balancer: 503 only while there never was a ruleset. Pages are whole even then; they show baselines. */
export async function GET(): Promise<Response> {
  const source = openRuleset()
  // Why there is none, the source has said.
  await source.load().catch(() => {})
  const ruleset = source.state()
  return Response.json({ ruleset }, { status: ruleset.state === 'default' ? 503 : 200 })
}
