'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { type EventProperties, track } from '../lib/track.ts'

/** Sends one event when the page that holds it is shown, again only if it says something else. */
export function TrackView(props: { readonly name: string; readonly properties: EventProperties }): ReactNode {
  const { name, properties } = props
  const sent = useRef('')
  useEffect(() => {
    const text = JSON.stringify([name, properties])
    if (sent.current === text) return
    sent.current = text
    void track(name, properties)
  }, [name, properties])
  return null
}
