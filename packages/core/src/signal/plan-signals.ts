import { canonicalJson } from '../result/canonical-json.ts'
import { compareText } from '../result/compare-text.ts'
import { murmur3 } from '../visitor/murmur3.ts'
import type { Signal, TimesSignal } from './signal.ts'
import { signalKey } from './signal-key.ts'

/** The smallest set of signals that a ruleset's conditions need. Plain data: it may cross to another thread. */
export interface SignalPlan {
  /** Equal plans have equal ids. */
  readonly id: string
  /** Ascending by key; a signal's place is its slot. */
  readonly keys: readonly string[]
  readonly signals: readonly Signal[]
}

/** Joins the signals that conditions need into a plan: one signal a key, wide enough for every condition. */
export function planSignals(needed: Iterable<Signal>): SignalPlan {
  const byKey = new Map<string, Signal>()
  for (const signal of needed) {
    const key = signalKey(signal)
    const known = byKey.get(key)
    byKey.set(key, known === undefined ? signal : widen(known, signal))
  }
  const keys = [...byKey.keys()].sort(compareText)
  const signals = keys.map((key) => byKey.get(key)!)
  const id = murmur3(canonicalJson(signals)).toString(36)
  return { id, keys, signals }
}

function widen(known: Signal, asked: Signal): Signal {
  if (known.kind !== 'times') return known
  const other = asked as TimesSignal
  return {
    ...known,
    keep: Math.max(known.keep, other.keep),
    ...(known.first || other.first ? { first: true as const } : {}),
    ...(known.id || other.id ? { id: true as const } : {}),
  }
}
