import { HttpResponse, http } from 'msw'
import type { SetupServer } from 'msw/node'
import type { UpstashBridge } from '../../../../test/support/upstash-bridge.ts'

/** What a request asks: `/` and a command, or `/pipeline` and several. */
export interface AskedService {
  readonly path: string
  readonly body: readonly unknown[]
  readonly syncToken: string | null
}

/** What happens to a request: `pass` asks the bridge and gives its answer. */
export type Trouble = (asked: AskedService, pass: () => Promise<Response>) => Response | Promise<Response>

/** A database at an address of its own: the bridge behind it answers, unless the test says otherwise. */
export interface UpstashService {
  readonly url: string
  readonly token: string
  readonly asked: AskedService[]
  /** What happens to the next requests, one each; then all is well again. */
  meet(...troubles: readonly Trouble[]): void
  /** What happens to all requests from now on. */
  always(trouble: Trouble): void
}

let addresses = 0
const well: Trouble = (_, pass) => pass()

/** Puts a service before a bridge. */
export function startUpstashService(msw: SetupServer, bridge: UpstashBridge): UpstashService {
  const url = `https://service${++addresses}.test`
  const asked: AskedService[] = []
  let next: Trouble[] = []
  let usual = well
  msw.use(
    http.post(`${url}/*`, async ({ request }) => {
      const path = new URL(request.url).pathname
      const text = await request.text()
      const one = { path, body: JSON.parse(text), syncToken: request.headers.get('upstash-sync-token') }
      asked.push(one)
      const pass = async (): Promise<Response> => {
        const answer = await fetch(`${bridge.url}${path}`, {
          method: 'POST',
          headers: request.headers,
          body: text,
        })
        return new HttpResponse(await answer.text(), { status: answer.status, headers: answer.headers })
      }
      return (next.shift() ?? usual)(one, pass)
    }),
  )
  return {
    url,
    token: bridge.token,
    asked,
    meet: (...troubles) => {
      next = [...troubles]
    },
    always: (trouble) => {
      usual = trouble
    },
  }
}
