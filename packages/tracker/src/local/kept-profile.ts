import { type AttuneEvent, emptyHistory, type History, type SignalPlan } from '@attune/core'
import { safely } from '../safely.ts'

/** What one browser remembers of its visitor. Nothing of it leaves the browser. */
export interface KeptProfile {
  /** The id for shares of visitors; '' while it is not known. */
  readonly visitor: string
  /** Address of the collector that knows the visitor by this id; '': it is this browser's own, and told to nobody. */
  readonly knownTo: string
  readonly history: History
  /** The events that the history is refolded from, in any order. */
  readonly recent: readonly AttuneEvent[]
}

/** How long is remembered, milliseconds. */
export interface LocalRetention {
  readonly events: number
  readonly profile: number
}

const KEY = 'attune_profile'
// Another form is not understood, and begun anew.
const FORM = 1

/** Reads what is kept; `undefined` when there is nothing, nothing readable, or nothing that may still be kept at `now`. */
export function loadKept(window: Window, now: number, retention: LocalRetention): KeptProfile | undefined {
  return safely(() => {
    // Written by `saveKept` alone; what somebody else wrote there fails below and is begun anew.
    const [form, visitor, history, recent, knownTo] = JSON.parse(
      window.localStorage.getItem(KEY) ?? '[]',
    ) as [number, string, History, readonly AttuneEvent[], string | undefined]
    const isOurs = form === FORM && typeof visitor === 'string' && Array.isArray(recent)
    if (!isOurs || !history.plan.keys) return undefined
    const newest = (history.profile.last?.seconds ?? 0) * 1000
    if (newest < now - retention.profile) return undefined
    const young = recent.filter(({ time }) => time >= now - retention.events)
    const counted = { ...history, recentCount: young.length }
    return { visitor, knownTo: knownTo ?? '', history: counted, recent: young }
  })
}

/** Keeps a profile. Where storage is off or full nothing is kept, and the visitor stays unknown. */
export function saveKept(window: Window, { visitor, knownTo, history, recent }: KeptProfile): void {
  const kept = [FORM, visitor, history, recent, knownTo]
  safely(() => window.localStorage.setItem(KEY, JSON.stringify(kept)))
}

/** Forgets everything. */
export function dropKept(window: Window): void {
  safely(() => window.localStorage.removeItem(KEY))
}

/** Begins a profile of a visitor whose id is not known yet. */
export function beginKept(plan: SignalPlan): KeptProfile {
  return { visitor: '', knownTo: '', history: emptyHistory(plan), recent: [] }
}
