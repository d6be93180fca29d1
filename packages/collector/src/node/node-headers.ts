import type { IncomingMessage } from 'node:http'
import { createLazyPrototype } from '../lazy-prototype.ts'

const INCOMING = Symbol('incoming')
const WHOLE = Symbol('whole')

interface NodeHeaders {
  readonly [INCOMING]: IncomingMessage
  [WHOLE]?: Headers
}

const prototype = createLazyPrototype<NodeHeaders>(
  Headers.prototype,
  {
    get(name: string): string | null {
      return find(this[INCOMING], name)
    },
    has(name: string): boolean {
      return find(this[INCOMING], name) !== null
    },
  },
  wholeOf,
)

/** The headers of a `node:http` request as the web knows them; a whole `Headers` is made only for more than get and has. */
export function toHeaders(incoming: IncomingMessage): Headers {
  return Object.assign(Object.create(prototype), { [INCOMING]: incoming })
}

function find({ headers }: IncomingMessage, name: string): string | null {
  const key = name.toLowerCase()
  const value = Object.hasOwn(headers, key) ? headers[key] : undefined
  return typeof value === 'string' ? value : (value?.join(', ') ?? null)
}

function wholeOf(headers: NodeHeaders): Headers {
  headers[WHOLE] ??= new Headers(
    Object.entries(headers[INCOMING].headers).map(([name]): [string, string] => [
      name,
      find(headers[INCOMING], name) ?? '',
    ]),
  )
  return headers[WHOLE]
}
