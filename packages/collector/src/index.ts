export type { Answer } from './answer.ts'
export { type Collector, createCollector, type IngestBatch, type IngestResult } from './collect.ts'
export type { Rejection, RejectionReason } from './rejection.ts'
export type { CollectorOptions } from './site.ts'
