'use client'

import { type RefObject, useEffect, useState } from 'react'
import { isInUse } from './is-in-use.ts'

// Any of these may be the end of what a visitor was busy with.
const ENDS = ['pointerover', 'pointerout', 'focusin', 'focusout', 'selectionchange', 'pointerup', 'keyup']

/**
 * The variant that a placement shows: the decided one until the tracker hears of another, and that as soon as the visitor is not busy with the placement.
 * `known` tells which variants the page has.
 */
export function useLiveVariant(
  id: string,
  decided: string,
  known: (variant: string) => boolean,
  ref: RefObject<Element | null>,
): string {
  const [shown, show] = useState(decided)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what a page knows of one placement does not change while it stands
  useEffect(() => {
    let wanted: string | undefined
    let stopWaiting: (() => void) | undefined

    const settle = (): void => {
      stopWaiting?.()
      stopWaiting = undefined
      const element = ref.current
      if (wanted === undefined || element === null) return
      if (isInUse(element)) stopWaiting = whenever(element.ownerDocument, settle)
      else show(wanted)
    }
    const onDecided = (event: Event): void => {
      const variant = variantIn(event, id)
      if (variant === undefined || !known(variant)) return
      wanted = variant
      settle()
    }
    document.addEventListener('attune:decided', onDecided)
    return () => {
      document.removeEventListener('attune:decided', onDecided)
      stopWaiting?.()
    }
  }, [id])

  return shown
}

/** Calls once, a moment after any of what may be the end of something. Answers what calls it off. */
function whenever(page: Document, look: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    // By then the focus is where it goes.
    timer ??= setTimeout(look)
  }
  for (const type of ENDS) page.addEventListener(type, soon, { capture: true, passive: true })
  return () => {
    clearTimeout(timer)
    for (const type of ENDS) page.removeEventListener(type, soon, { capture: true })
  }
}

function variantIn(event: Event, id: string): string | undefined {
  const detail: unknown = event instanceof CustomEvent ? event.detail : undefined
  const decisions =
    typeof detail === 'object' && detail !== null && 'decisions' in detail ? detail.decisions : undefined
  if (typeof decisions !== 'object' || decisions === null) return undefined
  const [, variant] = Object.entries(decisions).find(([placement]) => placement === id) ?? []
  return typeof variant === 'string' ? variant : undefined
}
