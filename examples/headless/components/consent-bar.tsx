'use client'

import { type ReactNode, useSyncExternalStore } from 'react'

type Choice = 'all' | 'none'
type Tracker = { readonly consent?: (choice: Choice) => unknown }

/** Asks once whether the visit may be remembered; nothing is written before. */
export function ConsentBar(): ReactNode {
  const isAsked = useSyncExternalStore(subscribe, wasAsked, () => true)
  if (isAsked) return null
  return (
    <section className="consent" aria-label="Your choice">
      <p>May we remember what you read here, to show what fits?</p>
      <button type="button" onClick={() => choose('all')}>
        Yes
      </button>
      <button type="button" onClick={() => choose('none')}>
        No
      </button>
    </section>
  )
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('attune:consent', listener)
  return () => document.removeEventListener('attune:consent', listener)
}

const wasAsked = (): boolean => document.cookie.includes('attune_consent=')

function choose(choice: Choice): void {
  // The tracker is a script of its own, so the page's types do not know it.
  const { attune } = window as Window & { readonly attune?: Tracker }
  attune?.consent?.(choice)
}
