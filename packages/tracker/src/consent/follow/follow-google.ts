import { safely } from '../../safely.ts'
import { createGrant, type FollowOptions, type Granted, pageOf } from '../granted.ts'
import type { Purpose } from '../purpose.ts'

/** How to read Google's Consent Mode. */
export interface GoogleOptions extends FollowOptions {
  /** The name of the list; default `dataLayer`. */
  readonly dataLayer?: string
}

/** The seven signals of Consent Mode v2. Source: Google, Consent mode reference. */
export type GoogleSignal = (typeof GOOGLE_SIGNALS)[number]
/** Their names. */
export const GOOGLE_SIGNALS = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
] as const

// All of them are needed. The last two of the seven, functionality and security, are what is `functional` here.
const NEEDED: readonly (readonly [Purpose, readonly GoogleSignal[]])[] = [
  ['preferences', ['personalization_storage']],
  ['statistics', ['analytics_storage']],
  ['statistics-anonymous', ['analytics_storage']],
  ['marketing', ['ad_storage', 'ad_user_data', 'ad_personalization']],
]

type States = { [S in GoogleSignal]?: 'granted' | 'denied' }

/**
 * Follows Google's Consent Mode v2: the `consent` entries of the data layer, those before this script and those to come. An `update` is
 * the visitor's answer. A `default` is not: it denies, and grants nothing.
 */
export function followGoogle(options: GoogleOptions = {}): void {
  const window = pageOf(options)
  if (window === undefined) return
  const grant = createGrant(window)
  const states: States = {}
  const name = options.dataLayer ?? 'dataLayer'
  const page = window as unknown as Record<string, unknown[] | undefined>
  const layer = page[name] ?? []
  page[name] = layer
  const take = (entries: readonly unknown[]): void => {
    const answers = entries.filter((entry) => takeEntry(states, entry))
    if (answers.length > 0) grant(grantedByGoogle(states))
  }
  safely(() => take(layer))
  // What another script pushes goes on to whoever listened before, unchanged.
  const push = layer.push
  layer.push = (...entries) => {
    const length = push.apply(layer, entries)
    safely(() => take(entries))
    return length
  }
}

/** What the states grant; a signal that nobody spoke of is denied. */
export function grantedByGoogle(states: Readonly<States>): Granted {
  return Object.fromEntries(
    NEEDED.map(([purpose, signals]) => [purpose, signals.every((signal) => states[signal] === 'granted')]),
  )
}

/** Notes what a `consent` entry says; true when it is an answer. */
function takeEntry(states: States, entry: unknown): boolean {
  // What gtag() pushes is its `arguments`, which is no array.
  if (typeof entry !== 'object' || entry === null) return false
  const [command, kind, said] = Array.from(entry as ArrayLike<unknown>)
  if (command !== 'consent' || typeof said !== 'object' || said === null) return false
  const isAnswer = kind === 'update'
  if (!isAnswer && kind !== 'default') return false
  for (const signal of GOOGLE_SIGNALS) {
    const state = (said as Readonly<Record<string, unknown>>)[signal]
    if (state === 'denied' || (state === 'granted' && isAnswer)) states[signal] = state
  }
  return isAnswer
}
