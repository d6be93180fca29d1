export {
  type AppendBatch,
  type AppendResult,
  type IntakeResult,
  type IntakeStore,
  KEPT_REJECTIONS,
  type KeptRejection,
  MAX_REJECTED_TEXT,
  MIN_EVENT_RETENTION,
  type ProfileReader,
  type ProfileStore,
  type Quarantine,
  type RehearsingStore,
  type RejectedEvent,
  type RejectionQuery,
  type StoreRetention,
  type SweepResult,
} from './profile-store.ts'
export type { PrepareRuleset, RulesetSource, RulesetState } from './source/ruleset-source.ts'
export type { StandingKeys, TellsKeys } from './standing-keys.ts'
export {
  isErased,
  isMoved,
  StoreBusyError,
  StoreWriteError,
  VisitorErasedError,
  VisitorMovedError,
} from './store-error.ts'
export type { MergeResult, VisitorMerging } from './visitor-merging.ts'
export type { EraseResult, FilesAnew, Leftover, VisitorRecord, VisitorRights } from './visitor-rights.ts'
