/** What the site knows of this visitor, of the traits that it may show: trait → value; `undefined` when that could not be read. */
export type Known = { readonly [trait: string]: unknown } | undefined

// Whoever waits longer has begun to answer.
const PATIENCE = 5_000

/** Asks the collector; never rejects. */
export async function readKnown({ fetch }: Window & typeof globalThis, from: string): Promise<Known> {
  try {
    const answer = await fetch(from, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    const body: unknown = answer.ok ? await answer.json() : undefined
    const traits = typeof body === 'object' && body !== null && 'traits' in body ? body.traits : undefined
    return typeof traits === 'object' && traits !== null ? { ...traits } : undefined
  } catch {
    return undefined
  }
}
