import { isObject } from '@attune/core'

/** Who asks Vercel, and of what. */
export interface VercelAccess {
  readonly token: string
  /** The id (`team_…`) or the name of the team that owns it. */
  readonly team: string | undefined
  /** The Edge Config: `ecfg_…`. */
  readonly config: string
  /** Milliseconds for one answer. */
  readonly timeout: number
}

/** What Vercel answered, or that it did not. */
export interface VercelAnswer {
  /** 0 when there was no answer. */
  readonly status: number
  /** The JSON of the answer; `undefined` when it was none. */
  readonly value?: unknown
  /** What the service itself says went wrong, or why there was no answer. */
  readonly said?: string | undefined
  readonly retryAfter?: string | undefined
}

const API = 'https://api.vercel.com/v1/edge-config/'

/** Asks Vercel's REST interface about an Edge Config: `items`, `item/<key>`, or itself. Never rejects. */
export async function askVercel(
  { token, team, config, timeout }: VercelAccess,
  path: string,
  patch?: object,
): Promise<VercelAnswer> {
  const url = new URL(API + config + path)
  if (team !== undefined) url.searchParams.set(team.startsWith('team_') ? 'teamId' : 'slug', team)
  const init: RequestInit = {
    method: patch === undefined ? 'GET' : 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: patch === undefined ? null : JSON.stringify(patch),
    // The token is for nobody else.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  }
  try {
    const response = await fetch(url, init)
    const value = parse(await response.text())
    const retryAfter = response.headers.get('retry-after') ?? undefined
    return { status: response.status, value, said: saidBy(value), retryAfter }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { status: 0, said: cause instanceof Error ? cause.message : String(cause) }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function saidBy(value: unknown): string | undefined {
  const error = isObject(value) ? value.error : undefined
  return isObject(error) && typeof error.message === 'string' ? error.message : undefined
}
