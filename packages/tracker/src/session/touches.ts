import { safely } from '../safely.ts'
import { TOUCHES } from './forget-session.ts'
import type { Touch } from './touch.ts'

/** How a visitor came to the site. */
export interface Touches {
  /** The campaign of the session that goes on, as `campaignOf` writes it; '' when it has none. */
  readonly campaign: string
  /** How the visitor came the first time. */
  readonly first: Touch
  /** How the visitor came the last time that something sent them: a campaign or another site. */
  readonly last: Touch
}

/** Reads how the visitor came; `undefined` when nothing is kept, or nothing readable. */
export function loadTouches(window: Window): Touches | undefined {
  return safely(() => {
    const kept: Touches = JSON.parse(window.localStorage.getItem(TOUCHES) ?? '')
    return typeof kept.campaign === 'string' && kept.first.landing && kept.last.landing ? kept : undefined
  })
}

/** Remembers how the visitor came. Where storage is off or full, each session is the first of its kind. */
export function saveTouches(window: Window, touches: Touches): void {
  safely(() => window.localStorage.setItem(TOUCHES, JSON.stringify(touches)))
}
