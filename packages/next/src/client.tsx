'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'

/**
 * Keeps pages that were fetched ahead from showing a decision that has changed: put it once into the root layout. When a
 * changed placement is on the page it waits for the next navigation, so nothing moves under the reader. Renders nothing.
 */
export function AttuneRefresh(): null {
  const router = useRouter()
  const pathname = usePathname()
  const waiting = useRef(false)

  useEffect(() => {
    const onChanged = (event: Event): void => {
      if (isOnPage(placementsIn(event))) waiting.current = true
      else router.refresh()
    }
    // Given or withdrawn, pages fetched ahead under the old consent no longer fit.
    const onConsent = (): void => {
      waiting.current = true
    }
    document.addEventListener('attune:changed', onChanged)
    document.addEventListener('attune:consent', onConsent)
    return () => {
      document.removeEventListener('attune:changed', onChanged)
      document.removeEventListener('attune:consent', onConsent)
    }
  }, [router])

  // biome-ignore lint/correctness/useExhaustiveDependencies: pathname is not read, but its change is the navigation to wait for
  useEffect(() => {
    if (!waiting.current) return
    waiting.current = false
    router.refresh()
  }, [pathname, router])

  return null
}

function placementsIn(event: Event): readonly unknown[] {
  const detail: unknown = event instanceof CustomEvent ? event.detail : undefined
  const placements =
    typeof detail === 'object' && detail !== null && 'placements' in detail ? detail.placements : []
  return Array.isArray(placements) ? placements : []
}

function isOnPage(placements: readonly unknown[]): boolean {
  const shown = document.querySelectorAll<HTMLElement>('[data-attune-placement]')
  return [...shown].some(({ dataset }) => placements.includes(dataset.attunePlacement))
}
