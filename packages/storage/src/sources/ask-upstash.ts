import { isObject } from '@attune/core'
import { readBody, toText } from '../source/read-body.ts'
import { messageOf, trouble } from '../source/trouble.ts'

/** Whom to ask, and for how long. */
export interface UpstashAccess {
  readonly url: string
  readonly token: string
  readonly signal: AbortSignal
  /** Default: the runtime's own. */
  readonly fetch?: typeof fetch | undefined
}

/**
 * Has Upstash run one command whose answer is text or nothing.
 * @throws when there is no good answer, without the address and the token.
 */
export async function askUpstash(
  { url, token, signal, fetch: given = fetch }: UpstashAccess,
  command: readonly [string, ...(string | number)[]],
): Promise<string | null> {
  const init: RequestInit = {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(command),
    cache: 'no-store',
    // The token is for nobody else.
    redirect: 'manual',
    signal,
  }
  const { status, text } = await read(given, url, init).catch((error: unknown) => {
    throw trouble('Upstash', `did not answer: ${messageOf(error)}. Check UPSTASH_REDIS_REST_URL`, error)
  })
  const answer = parseAnswer(text)
  if (typeof answer?.error === 'string')
    throw trouble('Upstash', `refused ${command[0]}: ${answer.error}. Check its token and its data`)
  const result = answer?.result
  if (status !== 200 || (typeof result !== 'string' && result !== null))
    throw trouble('Upstash', `answered with the status ${status} and no result. Check its address`)
  return result
}

async function read(
  given: typeof fetch,
  url: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await given(url, init)
  return { status: response.status, text: toText(await readBody(response)) }
}

function parseAnswer(text: string): { readonly [key: string]: unknown } | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    return isObject(answer) ? answer : undefined
  } catch {
    return undefined
  }
}
