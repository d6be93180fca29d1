import { isObject, type Json, PUBLISHED_FORMAT, type PublishedRuleset } from '@attune/core'
import { isSigned } from './is-signed.ts'

/** What is asked, and of whom. */
export interface FetchRulesetOptions {
  readonly url: string
  /** The answer must be signed with one of them. */
  readonly secrets: readonly string[]
  /** Of the ruleset we have. */
  readonly etag?: string | undefined
  /** Milliseconds for the whole answer. */
  readonly timeout: number
  readonly fetch: typeof fetch
}

export interface FetchedRuleset {
  readonly ruleset: PublishedRuleset
  readonly etag: string | undefined
}

/**
 * Asks an address once for the ruleset that is published there; `undefined` when it is the one we have.
 * @throws when there is no good answer: who, what and the cure.
 */
export async function fetchRuleset(asked: FetchRulesetOptions): Promise<FetchedRuleset | undefined> {
  const { url, etag } = asked
  const { response, body } = await ask(asked).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`[storage] fetchRuleset: ${url} did not answer: ${why}. Check the address.`, {
      cause: error,
    })
  })
  if (response.status === 304 && etag !== undefined) return undefined
  if (response.status !== 200) throw trouble(url, `has the status ${response.status}. Check the address`)
  if (!(await isSigned(body, response.headers.get('attune-signature'), asked.secrets)))
    throw trouble(url, 'is not signed with our secret. Give both sides the same ATTUNE_SECRET')
  return { ruleset: readPublished(url, body), etag: response.headers.get('etag') ?? undefined }
}

async function ask({ url, etag, timeout, fetch }: FetchRulesetOptions): Promise<{
  readonly response: Response
  readonly body: ArrayBuffer
}> {
  const headers = { accept: 'application/json', ...(etag === undefined ? {} : { 'if-none-match': etag }) }
  // Frameworks keep what is fetched; whether it changed is what we ask.
  const init: RequestInit = { headers, cache: 'no-store', signal: AbortSignal.timeout(timeout) }
  const response = await fetch(url, init)
  return { response, body: await response.arrayBuffer() }
}

function readPublished(url: string, body: ArrayBuffer): PublishedRuleset {
  let value: Json
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw trouble(url, 'is no JSON. Let it answer what `attune publish` writes')
  }
  if (!isPublished(value))
    throw trouble(
      url,
      `is no ruleset published in format ${PUBLISHED_FORMAT}. Update the older of the two sides`,
    )
  // Signed by our own publisher: what its parts hold was checked there.
  return value as unknown as PublishedRuleset
}

function isPublished(value: Json): boolean {
  if (!isObject(value) || value.published !== PUBLISHED_FORMAT || typeof value.revision !== 'string')
    return false
  const { plan, events, placements, routes, segments, nodes, experiences } = value
  return (
    [plan, events, placements, routes, segments].every((part) => part !== undefined && isObject(part)) &&
    [nodes, experiences].every((part) => Array.isArray(part))
  )
}

function trouble(url: string, what: string): Error {
  return new Error(`[storage] fetchRuleset: the answer of ${url} ${what}.`)
}
