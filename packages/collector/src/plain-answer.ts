import { createLazyPrototype } from './lazy-prototype.ts'

/** An answer before it is a web Response. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text: string
}

const PLAIN: unique symbol = Symbol('attune.plain')
const WHOLE: unique symbol = Symbol('attune.whole')

interface PlainResponse {
  readonly [PLAIN]: PlainAnswer
  [WHOLE]?: Response
}

const prototype = createLazyPrototype<PlainResponse>(Response.prototype, {}, (response) => {
  response[WHOLE] ??= toResponse(response[PLAIN])
  return response[WHOLE]
})

/** Makes a web Response of an answer. */
export function toResponse({ status, headers, text }: PlainAnswer): Response {
  return new Response(text, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
}

/** Makes what passes for a Response and becomes one when anything is asked of it, for a host that asks `plainOf` instead. */
export function toPlainResponse(answer: PlainAnswer): Response {
  return Object.assign(Object.create(prototype), { [PLAIN]: answer })
}

/** The answer that a response was made of, unless somebody looked at it and so may have changed it since. */
export function plainOf(response: object): PlainAnswer | undefined {
  // Nobody else knows the symbols.
  if (!(PLAIN in response) || WHOLE in response) return undefined
  return response[PLAIN] as PlainAnswer
}
