import type { MetricSpec } from '@attune/storage/telemetry'
import type { RejectionReason } from '../rejection.ts'

/** What the sender of a batch was told: kept or judged; never send it again; send it again; nothing. */
export type BatchOutcome = 'acked' | 'refused' | 'throttled' | 'unanswered'

const REASONS: { readonly [reason in RejectionReason]: true } = {
  malformed: true,
  'forbidden-key': true,
  'too-large': true,
  bot: true,
  consent: true,
  'unknown-event': true,
  'wrong-type': true,
  'missing-field': true,
  reserved: true,
  'too-late': true,
  conflict: true,
  erased: true,
  moved: true,
  'no-trait': true,
  'signed-out': true,
}
const OUTCOMES: readonly BatchOutcome[] = ['acked', 'refused', 'throttled', 'unanswered']

/** How long a batch took. */
export const COLLECT_DURATION: MetricSpec = {
  name: 'attune.collect.duration',
  kind: 'histogram',
  unit: 's',
  description: 'How long it took from a batch to its answer.',
  attributes: {
    'http.response.status_code': ['200', '400', '403', '405', '413', '415', '429', '500', '503'],
  },
  boundaries: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
}

/** Batches that came. */
export const COLLECT_RECEIVED: MetricSpec = {
  name: 'attune.collect.received',
  kind: 'counter',
  unit: '{batch}',
  description: 'Batches that came, answered or not.',
  attributes: {},
}

/** What senders of batches were told. */
export const COLLECT_BATCHES: MetricSpec = {
  name: 'attune.collect.batches',
  kind: 'counter',
  unit: '{batch}',
  description: 'Batches, by what their senders were told; together all that came, but for those under way.',
  attributes: { 'attune.batch.outcome': OUTCOMES },
}

/** What senders were told of the events of batches that could be read. */
export const COLLECT_EVENTS: MetricSpec = {
  name: 'attune.collect.events',
  kind: 'counter',
  unit: '{event}',
  description: 'Events of batches that could be read, by what their senders were told of each.',
  attributes: { 'attune.event.result': ['accepted', 'duplicate', 'rejected', 'throttled', 'unanswered'] },
}

/** Why events were rejected. */
export const COLLECT_REJECTED: MetricSpec = {
  name: 'attune.collect.rejected',
  kind: 'counter',
  unit: '{event}',
  description: 'Rejected events, by reason.',
  attributes: { 'error.type': Object.keys(REASONS) },
}

/** Why batches were refused or put off. */
export const COLLECT_ERRORS: MetricSpec = {
  name: 'attune.collect.errors',
  kind: 'counter',
  unit: '{batch}',
  description: 'Batches none of whose events was kept, by reason.',
  attributes: {
    'error.type': [
      'method',
      'origin',
      'content-type',
      'not-utf-8',
      'body-too-large',
      'malformed-batch',
      'too-many-events',
      'store',
      'rate',
      'shed',
      'internal',
    ],
  },
}
