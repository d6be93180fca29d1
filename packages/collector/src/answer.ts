import type { RequestRefusal } from './batch/refuse-request.ts'
import type { PlainAnswer, Told } from './plain-answer.ts'
import { isBroken, type Rejection } from './rejection.ts'

/** What a batch is answered with. */
export interface Answer {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
  /** Placements that now show something else than this session was pinned to. */
  readonly changed?: readonly string[]
  /** Placement → variant, as a page with live placements asked over its socket; there when the batch may have changed one. */
  readonly decisions?: Readonly<Record<string, string>>
  /** Up to which event they were decided (`newestMark`): beside `decisions`, for the request that sets the cookies. */
  readonly upTo?: string
  /** The socket that it came over is no longer its visitor's: the page goes on by HTTP. */
  readonly ends?: true
  /** The id in the visitor's cookie, for a page that asked for it. */
  readonly visitor?: string
}

/** The answer to a batch that was read: 400 when some of its events break the protocol, else 200. */
export function answerBatch(answer: Answer, cookies: readonly string[]): PlainAnswer {
  const status = answer.rejected.some(({ reason }) => isBroken(reason)) ? 400 : 200
  return respond(
    status,
    answer,
    cookies.map((cookie) => ['set-cookie', cookie] as const),
  )
}

/** The answer to a request none of whose events was looked at. */
export function answerRefusal({ status, error, message }: RequestRefusal): PlainAnswer {
  return respond(status, { ...NOTHING, error, message }, status === 405 ? [['allow', 'POST']] : [])
}

/** The answer when events could not be kept: the sender keeps them and tries again after `seconds`; `events` of them. */
export function answerLater(seconds: number, events = 0): PlainAnswer {
  const message = 'The events could not be kept. Send them again later.'
  const answer = respond(503, { ...NOTHING, error: 'store', message }, [['retry-after', String(seconds)]])
  return { ...answer, told: { ...NOTHING, error: 'store', later: events } }
}

/** The answer to one batch too many from somewhere: it is sent again after `seconds`. */
export function answerLimited(seconds: number): PlainAnswer {
  const message = 'Too many batches come from there. Send it again later.'
  return respond(429, { ...NOTHING, error: 'rate', message }, [['retry-after', String(seconds)]])
}

/** The answer to a mistake of ours. */
export function answerMistake(): PlainAnswer {
  return respond(500, {
    ...NOTHING,
    error: 'internal',
    message: 'Something is wrong here. Send it again later.',
  })
}

const NOTHING: Answer = { accepted: 0, duplicates: 0, rejected: [] }

const JSON_ANSWER: PlainAnswer['headers'] = [
  ['content-type', 'application/json'],
  ['cache-control', 'no-store'],
]

function respond(
  status: number,
  body: Told & { readonly message?: string },
  headers: PlainAnswer['headers'] = [],
): PlainAnswer {
  return { status, headers: [...JSON_ANSWER, ...headers], text: JSON.stringify(body), told: body }
}
