/** What a site says of Global Privacy Control. */
export interface GpcStatement {
  /** The day from which the site keeps to the signal, or on which that last changed: `2026-11-22`. */
  readonly lastUpdate: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * Makes what `/.well-known/gpc.json` answers: this site keeps to Global Privacy Control. Source: W3C Global Privacy Control, section 5.
 * @throws when `lastUpdate` is no day.
 */
export function createGpcAnswer({ lastUpdate }: GpcStatement): () => Response {
  if (!DAY.test(lastUpdate) || Number.isNaN(Date.parse(lastUpdate))) {
    throw new Error(
      `[collector] createGpcAnswer: \`lastUpdate\` is ${JSON.stringify(lastUpdate)}. Name a day, as in 2026-11-22.`,
    )
  }
  const body = JSON.stringify({ gpc: true, lastUpdate })
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=86400' }
  return () => new Response(body, { headers })
}
