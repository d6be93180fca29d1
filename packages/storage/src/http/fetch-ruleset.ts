import { isSigned } from '../source/is-signed.ts'
import type { Found } from '../source/open-source.ts'
import { readBody, toText } from '../source/read-body.ts'
import { messageOf, trouble } from '../source/trouble.ts'
import { signReading } from './sign-reading.ts'

/** What is asked, and of whom. */
export interface FetchRulesetOptions {
  readonly url: string
  /** How messages name the address. */
  readonly name: string
  /** The answer must be signed with one of them. */
  readonly secrets: readonly string[]
  /** Of the ruleset we have. */
  readonly etag: string | undefined
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly fetch: typeof fetch
}

/**
 * Asks an address once for the ruleset that is published there; `undefined` when it is the one we have.
 * @throws when there is no good answer: who, what and the cure.
 */
export async function fetchRuleset(asked: FetchRulesetOptions): Promise<Found | undefined> {
  const { name, etag } = asked
  const { response, body } = await ask(asked).catch((error: unknown) => {
    throw trouble(name, `did not answer: ${messageOf(error)}. Check the address`, error)
  })
  if (response.status === 304 && etag !== undefined) return undefined
  if (response.status !== 200) throw trouble(name, `has the status ${response.status}. Check the address`)
  if (!(await isSigned(body, response.headers.get('attune-signature'), asked.secrets)))
    throw trouble(name, 'is not signed with our secret. Give both sides the same ATTUNE_SECRET')
  return { text: textOf(name, body), version: response.headers.get('etag') ?? undefined }
}

async function ask({ url, etag, secrets, signal, clock, fetch }: FetchRulesetOptions): Promise<{
  readonly response: Response
  readonly body: Uint8Array<ArrayBuffer>
}> {
  const headers = {
    accept: 'application/json',
    // Of what is confidential a publisher may tell those alone who share its secret.
    'attune-signature': await signReading(Math.floor(clock() / 1000), secrets[0] ?? ''),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  }
  // Frameworks keep what is fetched; whether it changed is what we ask.
  const response = await fetch(url, { headers, cache: 'no-store', signal })
  return { response, body: await readBody(response) }
}

function textOf(name: string, body: Uint8Array): string {
  try {
    return toText(body)
  } catch (error) {
    throw trouble(name, 'is no UTF-8. Let it answer what `attune publish` writes', error)
  }
}
