import type { Decision } from '@attune/core'

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const REASONS: { readonly [reason in Decision['reason']]: string } = {
  TARGETING_MATCH: 'the visitor is in its audience',
  SPLIT: 'the visitor is in its audience and was drawn for this variant',
  DEFAULT: 'no experience applies',
  HOLDOUT: 'the visitor is held out and sees baselines everywhere',
  CAPPED: 'the visitor has seen it often enough',
  CONSENT_DENIED: 'the visitor has not allowed preferences',
  DISABLED: 'personalisation is switched off',
  STALE: 'an older ruleset decided',
  ERROR: 'something failed, so the baseline is shown',
}

/** Why a decision was made. */
export function describeReason({ reason, experience }: Decision): string {
  return experience === undefined ? REASONS[reason] : `${experience}: ${REASONS[reason]}`
}

/** Until when a truth or decision holds, as far as time alone can tell. */
export function describeUntil(until: number | null, now: number): string {
  if (until === null) return 'Time alone never changes it.'
  return `Time alone does not change it before ${describeInstant(until)} (${describeDistance(until - now)}).`
}

/** An instant in the reader's own language and zone. */
export function describeInstant(instant: number): string {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

function describeDistance(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[5]
  return new Intl.RelativeTimeFormat('en').format(Math.round(seconds / size), unit)
}
