import type { FunnelReached, FunnelStage, Sequence, SequenceStep, Touch } from '../condition/condition.ts'
import type { FunnelDefinition } from '../condition/definitions.ts'
import { eventWords } from './event-words.ts'
import { nameWords, pathWords } from './name-words.ts'
import { durationWords, windowWords } from './time-words.ts'
import { testWords } from './value-words.ts'
import { whereWords } from './where-words.ts'

/** "viewed an item, then added to the cart, each at most 1 hour after the one before, in the last 7 days, with no purchase in between". */
export function saySequence({ sequence, gap, within, unless }: Sequence, isDenied: boolean): string {
  const step = ({ event, where }: SequenceStep) =>
    `${isDenied ? eventWords(event).base : eventWords(event).past}${whereWords(where)}`
  const limits = [
    isDenied ? 'in this order' : '',
    gap === undefined ? '' : gapWords(sequence.length, durationWords(gap)),
    within === undefined ? '' : `the last of them${windowWords(within)}`,
    unless === undefined ? '' : `with no ${eventWords(unless).one} in between`,
  ]
  const steps = `${isDenied ? 'did not ' : ''}${sequence.map(step).join(', then ')}`
  return [steps, ...limits.filter((words) => words !== '')].join(', ')
}

function gapWords(steps: number, gap: string): string {
  return steps === 2 ? `at most ${gap} later` : `each at most ${gap} after the one before`
}

/** "got as far as conversion in the funnel checkout in the last 30 days", "stands at … in the funnel …". */
export function sayFunnel(
  condition: FunnelReached | FunnelStage,
  funnel: FunnelDefinition | undefined,
  isDenied: boolean,
): string {
  const place = ` in the funnel ${nameWords(condition.funnel)}${windowWords(funnel?.within)}`
  if ('reached' in condition)
    return `${isDenied ? 'did not get' : 'got'} as far as ${nameWords(condition.reached)}${place}`
  return `${isDenied ? 'did not get' : 'got'} exactly as far as ${nameWords(condition.stage)}${place}`
}

/** "the first recorded campaign source is newsletter". */
export function sayTouch(condition: Touch, isDenied: boolean): string {
  const name = pathWords(condition.of).replace(/^the /, '')
  return `the ${condition.touch} recorded ${name} ${testWords(condition, isDenied)}`
}
