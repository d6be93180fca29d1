import { type AttuneEvent, emptyHistory, type History, type SignalPlan } from '@attune/core'
import { safely } from '../safely.ts'

/** What one browser remembers of its visitor. Nothing of it leaves the browser. */
export interface KeptProfile {
  /** An id for shares of visitors; it is told to nobody. */
  readonly visitor: string
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
    const [form, visitor, history, recent] = JSON.parse(window.localStorage.getItem(KEY) ?? '[]') as [
      number,
      string,
      History,
      readonly AttuneEvent[],
    ]
    if (form !== FORM || !visitor || !history.plan.keys || !Array.isArray(recent)) return undefined
    const newest = (history.profile.last?.seconds ?? 0) * 1000
    if (newest < now - retention.profile) return undefined
    const young = recent.filter(({ time }) => time >= now - retention.events)
    return { visitor, history: { ...history, recentCount: young.length }, recent: young }
  })
}

/** Keeps a profile. Where storage is off or full nothing is kept, and the visitor stays unknown. */
export function saveKept(window: Window, { visitor, history, recent }: KeptProfile): void {
  safely(() => window.localStorage.setItem(KEY, JSON.stringify([FORM, visitor, history, recent])))
}

/** Forgets everything. */
export function dropKept(window: Window): void {
  safely(() => window.localStorage.removeItem(KEY))
}

/** Begins a profile. `random` gives numbers in [0, 1). */
export function beginKept(plan: SignalPlan, random: () => number): KeptProfile {
  const part = () => Math.floor(random() * 2 ** 48).toString(36)
  return { visitor: `${part()}${part()}`, history: emptyHistory(plan), recent: [] }
}
