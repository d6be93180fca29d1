export {
  type DecisionExplanation,
  type ExperienceExplanation,
  explainDecisions,
  explainSegment,
} from './decision/explain-decisions.ts'
export type { Trace } from './match/trace-condition.ts'
