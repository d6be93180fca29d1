export { builtInEvents } from './event/event-definition.ts'
export type { Change } from './explain/change.ts'
export type { Counterfactual } from './explain/counterfactual.ts'
export { eventsReadBy } from './explain/events-read-by.ts'
export {
  type AudienceTrace,
  type DecisionExplanation,
  type ExperienceExplanation,
  explainDecisions,
} from './explain/explain-decisions.ts'
export { explainSegment, type SegmentTrace } from './explain/explain-segment.ts'
export { foldDenials } from './explain/fold-denials.ts'
export { sentenceOf } from './explain/sentence-of.ts'
export { instantWords } from './explain/time-words.ts'
export type { Flips, Trace } from './explain/trace-condition.ts'
export { traitsReadBy } from './explain/traits-read-by.ts'
