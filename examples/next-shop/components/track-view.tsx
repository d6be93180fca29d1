'use client'

import { type ReactNode, useEffect } from 'react'
import { type EventProperties, track } from '../lib/track.ts'

// Outlives the component: when a decision changes, Next.js makes the page anew under another code, and nobody has looked at it again.
const sent = new Set<string>()

/** Sends one event when the page that holds it is shown, again only if it says something else. */
export function TrackView(props: { readonly name: string; readonly properties: EventProperties }): ReactNode {
  const { name, properties } = props
  useEffect(() => {
    const { pathname } = location
    const view = JSON.stringify([pathname, name, properties])
    if (!sent.has(view)) {
      sent.add(view)
      void track(name, properties)
    }
    return () => {
      if (location.pathname !== pathname) sent.delete(view)
    }
  }, [name, properties])
  return null
}
