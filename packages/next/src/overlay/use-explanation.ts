import type { Explanation } from '@attune/edge/explain'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'

/** What the overlay knows of the page; `explanation` is `null` for a page that is not personalised. */
export type ExplanationState =
  | { readonly status: 'asking' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'ready'; readonly explanation: Explanation | null }

/** Explains the page one is on, anew after each navigation and each change. */
export function useExplanation(): ExplanationState {
  const pathname = usePathname()
  const [state, setState] = useState<ExplanationState>({ status: 'asking' })

  useEffect(() => {
    const gone = new AbortController()
    const ask = (): void => {
      askFor(pathname + window.location.search, gone.signal).then(
        (next) => gone.signal.aborted || setState(next),
      )
    }
    ask()
    document.addEventListener('attune:changed', ask, { signal: gone.signal })
    return () => gone.abort()
  }, [pathname])

  return state
}

async function askFor(path: string, signal: AbortSignal): Promise<ExplanationState> {
  try {
    const response = await fetch(`/attune/explain?path=${encodeURIComponent(path)}`, {
      signal,
      cache: 'no-store',
    })
    if (response.ok) return { status: 'ready', explanation: (await response.json()) as Explanation | null }
    const cure =
      response.status === 404 ? 'Add app/attune/explain/route.ts, or ask for a new preview link.' : ''
    return { status: 'failed', message: `/attune/explain answered ${response.status}. ${cure}` }
  } catch (error) {
    return { status: 'failed', message: `/attune/explain could not be asked: ${error}` }
  }
}
