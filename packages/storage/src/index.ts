export {
  type AppendBatch,
  type AppendResult,
  type IntakeResult,
  type IntakeStore,
  KEPT_REJECTIONS,
  MAX_REJECTED_TEXT,
  MIN_EVENT_RETENTION,
  type ProfileReader,
  type ProfileStore,
  type RehearsingStore,
  type RejectedEvent,
  type StoreRetention,
  type SweepResult,
} from './profile-store.ts'
export type { PrepareRuleset, RulesetSource, RulesetState } from './source/ruleset-source.ts'
export { StoreBusyError, StoreWriteError } from './store-error.ts'
