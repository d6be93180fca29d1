import type { SignalPlan } from '@attune/core'
import type { KeptEvent } from '../kept-event.ts'
import type {
  KeptRejection,
  RejectedEvent,
  RejectionQuery,
  StoreRetention,
  SweepResult,
} from '../profile-store.ts'
import type { MergeResult } from '../visitor-merging.ts'
import type { EraseResult, VisitorRecord } from '../visitor-rights.ts'

/** An append on its way to the worker; plans travel once and are named by id after that. */
export interface AppendWrite {
  readonly kind: 'append'
  readonly visitor: string
  readonly events: readonly KeptEvent[]
  readonly plan: string
}

export interface RejectWrite {
  readonly kind: 'reject'
  readonly rejected: readonly RejectedEvent[]
}

/** Something that one of a group's transactions does. */
export type Write = AppendWrite | RejectWrite

/** An append's result; profiles stay text, as their rows hold them. */
export interface AppendAnswer {
  readonly profile: string
  readonly before: string | null
  readonly accepted: readonly string[]
  readonly duplicates: readonly string[]
  readonly conflicts: readonly string[]
}

/** What came of a merge; the profile stays text. */
export interface MergeAnswer extends Omit<MergeResult, 'profile'> {
  readonly profile: string | null
}

/** One slice of a sweep; `next` is where to go on, `null` at the end. */
export interface SweepAnswer extends SweepResult {
  readonly next: number | null
}

/** What the main thread asks, and what each answers. */
export interface Questions {
  readonly write: { readonly ask: { readonly writes: readonly Write[] }; readonly answer: readonly Outcome[] }
  readonly load: {
    readonly ask: { readonly visitor: string; readonly plan: string }
    readonly answer: string | null
  }
  readonly rehearse: { readonly ask: Omit<AppendWrite, 'kind'>; readonly answer: AppendAnswer }
  readonly counts: { readonly ask: object; readonly answer: { readonly [reason: string]: number } }
  readonly rejected: { readonly ask: RejectionQuery; readonly answer: readonly KeptRejection[] }
  readonly drop: { readonly ask: { readonly ids: readonly number[] }; readonly answer: null }
  readonly export: { readonly ask: { readonly visitor: string }; readonly answer: VisitorRecord | null }
  readonly erase: {
    readonly ask: {
      readonly visitor: string
      readonly at: number
      readonly vacuumBelow: number
      /** Whether the file is left as it is: another erasure follows. */
      readonly isLeft: boolean
    }
    readonly answer: EraseResult
  }
  readonly merge: {
    readonly ask: { readonly from: string; readonly into: string; readonly plan: string; readonly at: number }
    readonly answer: MergeAnswer
  }
  readonly absorbed: { readonly ask: { readonly into: string }; readonly answer: readonly string[] }
  readonly sweep: {
    readonly ask: { readonly now: number; readonly retention: StoreRetention; readonly after: number }
    readonly answer: SweepAnswer
  }
  readonly close: { readonly ask: object; readonly answer: null }
}

export type Kind = keyof Questions

/** A question with its number, and the plans that the worker has not heard of yet. */
export type Question = {
  readonly [K in Kind]: {
    readonly id: number
    readonly kind: K
    readonly ask: Questions[K]['ask']
    readonly plans: readonly SignalPlan[]
  }
}[Kind]

/** Why something failed. */
export interface Failure {
  readonly code: 'busy' | 'write' | 'erased' | 'moved'
  readonly message: string
  /** Whom a visitor was merged into. */
  readonly into?: string
  /** When, milliseconds. */
  readonly at?: number | undefined
}

/** What became of one write of a group: nothing (a rejection) or an append's answer, or why it failed. */
export type Outcome =
  | { readonly ok: true; readonly answer: AppendAnswer | null }
  | { readonly ok: false; readonly failure: Failure }

export type Reply =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: Failure }

/** What the worker says first, unasked: that it has started. Questions count from 1. */
export const STARTED: Reply = { id: 0, ok: true, answer: null }
