import type { ViewFacts } from './view-facts.ts'

/** A segment to choose. */
export interface Choice {
  readonly key: string
  readonly label: string
}

/** Asks for the segments. Rejects with what WordPress says when they cannot be had. */
export async function fetchChoices(facts: ViewFacts): Promise<readonly Choice[]> {
  // Our own route answers a list of them.
  return (await ask(facts, 'segments')) as readonly Choice[]
}

/** Asks for a signed link under which the page is seen as by somebody in these segments. */
export async function fetchLink(
  facts: ViewFacts,
  segments: Readonly<Record<string, boolean>>,
  url: string,
): Promise<string> {
  const answer = await ask(facts, 'view-as', { segments, url })
  return (answer as { readonly url: string }).url
}

async function ask({ root, nonce }: ViewFacts, route: string, sent?: object): Promise<unknown> {
  const headers = { 'X-WP-Nonce': nonce, 'Content-Type': 'application/json' }
  const answer = await fetch(
    root + route,
    sent === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(sent) },
  )
  const told: unknown = await answer.json()
  if (answer.ok) return told
  const hasWords = typeof told === 'object' && told !== null && 'message' in told
  throw new Error(hasWords ? String(told.message) : String(answer.status))
}
