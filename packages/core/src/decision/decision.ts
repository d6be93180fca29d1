/** Why a placement shows what it shows. */
export type DecisionReason =
  | 'TARGETING_MATCH'
  | 'SPLIT'
  | 'DEFAULT'
  | 'HOLDOUT'
  | 'CAPPED'
  | 'CONSENT_DENIED'
  | 'DISABLED'
  | 'STALE'
  | 'ERROR'

/** What one placement shows, and until when that cannot change by time alone. */
export interface Decision {
  readonly placement: string
  readonly variant: string
  /** The experience that decided; missing for a baseline. */
  readonly experience?: string
  readonly reason: DecisionReason
  /** Milliseconds since 1970; `null` when time alone never changes it. */
  readonly until: number | null
}
