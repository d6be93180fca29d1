/** What the site knows of this visitor. */
export interface Known {
  /** Trait → value, of those that the site shows. */
  readonly traits: { readonly [trait: string]: unknown }
  /** The traits that it shows; `undefined` where it does not say so. */
  readonly shown: readonly unknown[] | undefined
}

// Whoever waits longer has begun to answer.
const PATIENCE = 5_000

/** Asks the collector; `undefined` when it could not be read. Never rejects. */
export async function readKnown(
  { fetch }: Window & typeof globalThis,
  from: string,
): Promise<Known | undefined> {
  try {
    const answer = await fetch(from, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    const body: unknown = answer.ok ? await answer.json() : undefined
    if (typeof body !== 'object' || body === null || !('traits' in body)) return undefined
    const { traits } = body
    if (typeof traits !== 'object' || traits === null) return undefined
    const shown = 'shown' in body && Array.isArray(body.shown) ? body.shown : undefined
    return { traits: { ...traits }, shown }
  } catch {
    return undefined
  }
}

/** Tells whether the site shows a trait again; one that does not say which it shows is taken to show all. */
export function isShown(known: Known | undefined, trait: string): boolean {
  return known?.shown?.includes(trait) ?? true
}
