import { overlay } from './overlay.ts'

/** Who answers what a tracker sends to `endpoint`. */
export interface LocalAnswers {
  readonly endpoint: string
  /** Hears each batch at once, as the tracker sends it. */
  readonly take: (body: string) => void
  /** The requests go on to a collector at the endpoint, whose answer then counts. */
  readonly forward: boolean
  /** Hears by which id that collector knows the visitor. */
  readonly hear: (visitor: string) => void
}

/** A page whose requests and beacons to `endpoint` are answered by the browser itself. */
export function answerLocally(
  window: Window & typeof globalThis,
  { endpoint, take, forward, hear }: LocalAnswers,
): Window & typeof globalThis {
  const fetchLocally = async (url: string, init: RequestInit = {}): Promise<Response> => {
    take(String(init.body))
    if (!forward) return new window.Response('{}', { status: 200 })
    const headers = new window.Headers(init.headers)
    headers.set('attune-ask', 'visitor')
    const answer = await window.fetch(url, { ...init, headers })
    void readVisitor(answer.clone(), hear)
    return answer
  }
  const beaconLocally = (url: string, body: string): boolean => {
    take(body)
    return forward ? window.navigator.sendBeacon(url, body) : true
  }
  const navigator = overlay(window.navigator, { sendBeacon: only(endpoint, beaconLocally) })
  return overlay(window, { fetch: only(endpoint, fetchLocally), navigator })
}

async function readVisitor(answer: Response, hear: LocalAnswers['hear']): Promise<void> {
  try {
    const { visitor }: { readonly visitor?: unknown } = await answer.json()
    if (typeof visitor === 'string' && visitor !== '') hear(visitor)
  } catch {
    // An answer without readable JSON says nothing of the visitor.
  }
}

// The tracker asks one address only.
function only<Answer>(
  endpoint: string,
  answer: (url: string, given: never) => Answer,
): (url: string, given: never) => Answer {
  return (url, given) => {
    if (url !== endpoint) throw new Error(`[tracker] local: ${url} is not ${endpoint}.`)
    return answer(url, given)
  }
}
