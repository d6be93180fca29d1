import { findMore } from '../observe/find-more.ts'
import { observeEngagement } from '../observe/observe-engagement.ts'
import { observeScroll } from '../observe/observe-scroll.ts'
import { observeShares } from '../observe/observe-shares.ts'
import type { Observer } from '../observe/observer.ts'
import { safely } from '../safely.ts'
import { keepSession } from '../session/keep-session.ts'

/** What every page has after consent: a session, time spent, how far it is scrolled, perhaps a share, perhaps something that another part watches. */
export const observe: Observer = (view) => {
  for (const start of [keepSession, observeEngagement, observeScroll, observeShares, findMore])
    safely(() => start(view))
}
