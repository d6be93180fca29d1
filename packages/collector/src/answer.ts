import type { RequestRefusal } from './batch/refuse-request.ts'
import { noteText } from './quick-body.ts'
import { isBroken, type Rejection } from './rejection.ts'

/** What a batch is answered with. */
export interface Answer {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
  /** Placements that now show something else than this session was pinned to. */
  readonly changed?: readonly string[]
}

/** The answer to a batch that was read: 400 when some of its events break the protocol, else 200. */
export function answerBatch(answer: Answer, cookies: readonly string[]): Response {
  const status = answer.rejected.some(({ reason }) => isBroken(reason)) ? 400 : 200
  return respond(status, answer, cookies)
}

/** The answer to a request none of whose events was looked at. */
export function answerRefusal({ status, error, message }: RequestRefusal): Response {
  const response = respond(status, { ...NOTHING, error, message })
  if (status === 405) response.headers.set('allow', 'POST')
  return response
}

/** The answer when events could not be kept: the sender keeps them and tries again after `seconds`. */
export function answerLater(seconds: number): Response {
  const message = 'The events could not be kept. Send them again later.'
  const response = respond(503, { ...NOTHING, error: 'store', message })
  response.headers.set('retry-after', String(seconds))
  return response
}

/** The answer to a mistake of ours. */
export function answerMistake(): Response {
  return respond(500, {
    ...NOTHING,
    error: 'internal',
    message: 'Something is wrong here. Send it again later.',
  })
}

const NOTHING: Answer = { accepted: 0, duplicates: 0, rejected: [] }

function respond(status: number, body: object, cookies: readonly string[] = []): Response {
  const headers: [string, string][] = [
    ['content-type', 'application/json'],
    ['cache-control', 'no-store'],
  ]
  for (const cookie of cookies) headers.push(['set-cookie', cookie])
  const text = JSON.stringify(body)
  return noteText(new Response(text, { status, headers }), text)
}
