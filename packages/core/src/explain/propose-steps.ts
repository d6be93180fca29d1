import type { FunnelReached, FunnelStage, Sequence, SequenceStep } from '../condition/condition.ts'
import type { FunnelDefinition } from '../condition/definitions.ts'
import type { Change } from './change.ts'
import { once } from './once.ts'

/** The last steps of a sequence, the fewest first. */
export function proposeSequence({ sequence }: Sequence): readonly Change[] {
  return tails(sequence)
}

/** The last steps on the way to a stage, and those that lead past it. */
export function proposeFunnel(
  condition: FunnelReached | FunnelStage,
  { steps }: FunnelDefinition,
): readonly Change[] {
  const asked = 'reached' in condition ? condition.reached : condition.stage
  const place = steps.findIndex(({ stage }) => stage === asked)
  const past = steps[place + 1]
  return [...tails(steps.slice(0, place + 1)), ...(past === undefined ? [] : once(past.event, past.where, 1))]
}

function tails(steps: readonly SequenceStep[]): readonly Change[] {
  return steps
    .map((_, at) => steps.slice(at).map(({ event, where }) => ({ event, ...(where && { where }) })))
    .reverse()
    .flatMap((tail): readonly Change[] =>
      tail.length === 1 ? once(tail[0]!.event, tail[0]!.where, 1) : [{ by: 'steps', steps: tail }],
    )
}
