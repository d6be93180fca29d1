export { type Accounts, createAccounts } from './accounts.ts'
export type { Answer } from './answer.ts'
export { type Answering, type AnswerLimits, createAnswerLimits } from './answer-limits.ts'
export type { ActEntry, AuditedAct } from './audited-act.ts'
export { type Collector, createCollector } from './collect.ts'
export { createGpcAnswer, type GpcStatement } from './consent/gpc-answer.ts'
export { pseudonymsOf } from './consent-log/pseudonym.ts'
export { createIdentity, type Identity, type IdentityOptions, type Taken } from './create-identity.ts'
export { createButtonGuard, createMyData, type MyData, type MyDataOptions } from './create-my-data.ts'
export { createPixel, type Pixel, type PixelOptions } from './create-pixel.ts'
export {
  type AskRights,
  createRights,
  type Rights,
  type RightsCaller,
  type RightsOptions,
} from './create-rights.ts'
export { createFormats, type Formats, type FormatsOptions } from './hear-formats.ts'
export type { IngestBatch, IngestResult } from './ingest.ts'
export { createServerEvents, type ServerEvents, type ServerEventsOptions } from './receive-server-events.ts'
export { type ConsentRecorder, type ConsentRecorderOptions, createConsentRecorder } from './record-consent.ts'
export type { Rejection, RejectionReason } from './rejection.ts'
export type { MyDataWords } from './rights/page-words.ts'
export { createReplayGuard, type NonceClaim, type ReplayGuard } from './server-events/create-replay-guard.ts'
export type { KnownPerson, Person, SignedIn } from './sign-in.ts'
export type { CollectorOptions } from './site.ts'
export { leaveCookies } from './token/leave-cookies.ts'
export {
  type ConsentProof,
  type ErasureReceipt,
  eraseVisitorData,
  exportVisitorData,
  type VisitorDataSource,
  type VisitorDocument,
} from './visitor-data.ts'
