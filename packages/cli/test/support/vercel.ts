import { HttpResponse, http, type RequestHandler } from 'msw'

/** A stand-in for Vercel's REST interface to one Edge Config, as its reference describes it. */
export interface VercelStandIn {
  readonly handlers: readonly RequestHandler[]
  /** What the store holds. */
  readonly items: Map<string, unknown>
  /** The requests it had: `PATCH /items`. */
  readonly asked: string[]
  /** What is answered instead; a step that is not named is answered as ever. */
  instead: { [step: string]: (() => Response) | undefined }
  /** Whether a write is done before the answer that stands instead of its own. */
  isDoneAnyway: boolean
}

export const CONFIG = 'ecfg_test'
export const TOKEN = 'a-token-of-vercel'
const BASE = `https://api.vercel.com/v1/edge-config/${CONFIG}`

export function makeVercel(items: { readonly [key: string]: unknown } = {}, team?: string): VercelStandIn {
  const held = new Map(Object.entries(items))
  const asked: string[] = []
  const answer = (step: string, request: Request, own: () => Response): Response => {
    asked.push(step)
    if (request.headers.get('authorization') !== `Bearer ${TOKEN}`) return refuse(401, 'Not authorized')
    const url = new URL(request.url)
    const asks = url.searchParams.get('teamId') ?? url.searchParams.get('slug') ?? undefined
    if (asks !== team) return refuse(403, 'Not authorized')
    return vercel.instead[step]?.() ?? own()
  }
  const record = (key: string) => ({
    key,
    value: held.get(key),
    edgeConfigId: CONFIG,
    createdAt: 1,
    updatedAt: 2,
  })
  const vercel: VercelStandIn = {
    items: held,
    asked,
    instead: {},
    isDoneAnyway: false,
    handlers: [
      http.get(`${BASE}/items`, ({ request }) =>
        answer('GET /items', request, () => HttpResponse.json([...held.keys()].map(record))),
      ),
      http.get(`${BASE}/item/:key`, ({ request, params }) =>
        answer('GET /item', request, () =>
          held.has(String(params.key))
            ? HttpResponse.json(record(String(params.key)))
            : refuse(404, 'The Edge Config item was not found'),
        ),
      ),
      http.get(BASE, ({ request }) =>
        answer('GET', request, () =>
          HttpResponse.json({ id: CONFIG, digest: 'd1gest', itemCount: held.size, sizeInBytes: 1 }),
        ),
      ),
      http.patch(`${BASE}/items`, async ({ request }) => {
        const body = (await request.clone().json()) as {
          readonly items: readonly {
            readonly operation: string
            readonly key: string
            readonly value: unknown
          }[]
        }
        const write = (): Response => {
          for (const { operation, key, value } of body.items) if (operation === 'upsert') held.set(key, value)
          return HttpResponse.json({ status: 'ok' })
        }
        if (vercel.isDoneAnyway) write()
        return answer('PATCH /items', request, write)
      }),
    ],
  }
  return vercel
}

/** An answer as Vercel gives for what it refuses. */
export function refuse(status: number, message: string, headers: HeadersInit = {}): Response {
  return HttpResponse.json({ error: { code: 'refused', message } }, { status, headers })
}
