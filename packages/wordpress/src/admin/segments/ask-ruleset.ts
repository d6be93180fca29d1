import { readSegments, type Segment } from '../../editor/segments/segment.ts'
import type { KeptRuleset } from '../server/answers.ts'
import { get } from '../server/ask.ts'

/** The ruleset in force and what the server says of its segments. */
export interface InForce {
  readonly kept: KeptRuleset
  readonly segments: readonly Segment[]
}

/** Asks for the ruleset in force. */
export async function askRuleset(): Promise<InForce> {
  const [kept, segments] = await Promise.all([get<KeptRuleset>('document'), get<unknown>('segments')])
  return { kept, segments: readSegments(segments) }
}
