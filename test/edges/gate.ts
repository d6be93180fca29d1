import { type Request as AskedRequest, Response as GivenResponse } from 'miniflare'
import type { Outbound } from './start-worker.ts'

/** An answer in place of the one behind. */
export interface GateAnswer {
  readonly status: number
  readonly text: string
}

/** Stands between a Worker and what it asks: counts, and has it fail as a test wishes. */
export interface Gate {
  readonly pass: Outbound
  readonly asked: readonly { readonly path: string; readonly headers: ReadonlyMap<string, string> }[]
  /** What is answered instead; `undefined`: what is behind. */
  readonly answer: (instead: (headers: ReadonlyMap<string, string>) => GateAnswer | undefined) => void
  /** Headers that answers carry besides. */
  readonly change: (headers: Readonly<Record<string, string>>) => void
  /** Forgets what was asked and what was wished. */
  readonly forget: () => void
}

/** Creates a gate. */
export function createGate(): Gate {
  let asked: { path: string; headers: ReadonlyMap<string, string> }[] = []
  let instead: (headers: ReadonlyMap<string, string>) => GateAnswer | undefined = () => undefined
  let added: Readonly<Record<string, string>> = {}

  return {
    get asked() {
      return asked
    },
    pass: async (request) => {
      const { pathname, search } = new URL(request.url)
      const headers = new Map(request.headers)
      asked.push({ path: pathname + search, headers })
      const answer = instead(headers)
      return answer === undefined
        ? ask(request, added)
        : new GivenResponse(answer.text, { status: answer.status })
    },
    answer: (wished) => {
      instead = wished
    },
    change: (headers) => {
      added = headers
    },
    forget: () => {
      asked = []
      instead = () => undefined
      added = {}
    },
  }
}

async function ask(
  { url, method, headers: given }: AskedRequest,
  added: Readonly<Record<string, string>>,
): Promise<GivenResponse> {
  const headers = Object.fromEntries([...given].filter(([name]) => name !== 'host'))
  const came = await fetch(url, { method, headers, redirect: 'manual' })
  const told = new Headers(came.headers)
  for (const [name, value] of Object.entries(added)) told.set(name, value)
  const body = [204, 304].includes(came.status) ? null : Buffer.from(await came.arrayBuffer())
  return new GivenResponse(body, { status: came.status, headers: [...told] })
}
