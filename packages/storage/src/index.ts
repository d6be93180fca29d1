export {
  type AppendBatch,
  type AppendResult,
  KEPT_REJECTIONS,
  MAX_REJECTED_TEXT,
  MIN_EVENT_RETENTION,
  type ProfileReader,
  type ProfileStore,
  type RejectedEvent,
  type StoreRetention,
  type SweepResult,
} from './profile-store.ts'
export type { RulesetSource } from './ruleset-source.ts'
export { StoreBusyError, StoreWriteError } from './store-error.ts'
