import { createLazyPrototype } from './lazy-prototype.ts'

/** An answer before it is a web Response. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text: string
  /** What it says of events, for whoever counts. */
  readonly told?: Told | undefined
}

/** What an answer says of the events that it is about. */
export interface Told {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly { readonly reason: string }[]
  /** Why none of them was looked at, or none kept. */
  readonly error?: string | undefined
  /** How many were not kept, and are to be sent again. */
  readonly later?: number | undefined
}

const PLAIN: unique symbol = Symbol('attune.plain')
const WHOLE: unique symbol = Symbol('attune.whole')
const ANSWER: unique symbol = Symbol('attune.answer')

interface PlainResponse {
  readonly [PLAIN]: PlainAnswer
  [WHOLE]?: Response
}

const prototype = createLazyPrototype<PlainResponse>(Response.prototype, {}, (response) => {
  response[WHOLE] ??= toResponse(response[PLAIN])
  return response[WHOLE]
})

/** Makes a web Response of an answer. */
export function toResponse(answer: PlainAnswer): Response {
  const { status, headers, text } = answer
  const response = new Response(text, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
  return Object.assign(response, { [ANSWER]: answer })
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

/** The answer that a response was made of, whatever became of the response since; of one that is not ours, its status. */
export function answerOf(response: Response): Pick<PlainAnswer, 'status' | 'told'> {
  // Nobody else knows the symbols.
  if (PLAIN in response) return response[PLAIN] as PlainAnswer
  return ANSWER in response ? (response[ANSWER] as PlainAnswer) : { status: response.status }
}
