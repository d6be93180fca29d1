import type { Consent } from '@attune/core'
import { forgetVisitor } from '@attune/tracker/local'
import { sessionText } from './counted-session.ts'
import { dropKeyCookie } from './key-cookie.ts'
import { KNOWN } from './known.ts'
import type { PageConfig } from './page-config.ts'
import { TOLD } from './tell-events.ts'
import { isUnheeded } from './who-went.ts'

/** Name in `localStorage`, before the site's scope, of the second in which whoever was forgotten here had been erased. */
export const ERASED = 'attune_erased'
/** Name in `localStorage`, before the site's scope, of when whoever was forgotten here had gone. */
export const HEEDED = 'attune_heeded'

// What the tracker keeps, before the site's scope.
const KEPT = ['attune_profile', 'attune_touches']

/** Forgets what is kept here beside what the tracker keeps. */
export function forgetChosen(window: Window, { scope, path }: Pick<PageConfig, 'scope' | 'path'>): void {
  for (const name of [KNOWN, TOLD]) window.localStorage.removeItem(name + scope)
  dropKeyCookie(window, path)
}

/**
 * Forgets whoever was here before, where a server says that they are to be forgotten: they were erased, or they `went` for good. Call it
 * before the tracker starts.
 */
export function forgetEarlier(
  window: Window & typeof globalThis,
  config: PageConfig,
  went: readonly string[],
): void {
  const { localStorage, document } = window
  const { scope, erased } = config
  const isKeeping =
    sessionText(document) !== '' ||
    [KNOWN, ...KEPT].some((name) => localStorage.getItem(name + scope) !== null)
  const isErased = isKeeping && erased > Number(localStorage.getItem(ERASED + scope))
  if (!isErased && !isUnheeded(went, localStorage.getItem(HEEDED + scope))) return
  forgetVisitor(window, scope)
  forgetChosen(window, config)
  if (isErased) localStorage.setItem(ERASED + scope, String(erased))
}

/**
 * Notes as heeded who `went` before this page was opened, where anything may be kept of who is here now; where nothing may be, forgets
 * also that somebody was forgotten.
 */
export function noteHeeded(
  { localStorage }: Window,
  { scope }: Pick<PageConfig, 'scope'>,
  went: readonly string[],
  granted: Consent,
): void {
  const mayKeep = granted.preferences || granted.statistics
  if (mayKeep && went.length > 0) localStorage.setItem(HEEDED + scope, went.join('.'))
  else localStorage.removeItem(HEEDED + scope)
  if (!mayKeep) localStorage.removeItem(ERASED + scope)
}
