import type { FeedEvent, FeedFilter } from '@attune/collector/watching'
import { CannotRun } from '../command.ts'
import { EVENTS_PATH } from '../serve/route-request.ts'
import { HEARD, MISSED } from './numbers.ts'
import { readEventStream, type StreamMessage } from './read-event-stream.ts'

/** What is followed, and how. */
export interface Following {
  /** Where the collector is; what stands before `/attune`. */
  readonly base: URL
  readonly token: string
  readonly filter: FeedFilter
  /** Ends it. */
  readonly signal: AbortSignal
  /** Waits so many milliseconds, or until the signal. */
  readonly wait: (milliseconds: number) => Promise<void>
}

/** What is told of what is followed: an event; how many were left out; that the connection stands, or is tried again after a while. */
export type Told =
  | { readonly is: 'event'; readonly event: FeedEvent }
  | { readonly is: 'missed'; readonly count: number }
  | { readonly is: 'open' }
  | { readonly is: 'lost'; readonly seconds: number }

// A stream says something each ten seconds.
const SILENCE_MS = 30_000
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000

/**
 * Follows the events of a collector until the signal, and connects again whenever the connection is lost.
 * @throws CannotRun when there was never one, or the token is refused.
 */
export async function* followEvents(following: Following): AsyncGenerator<Told, void, undefined> {
  const { signal, wait } = following
  let milliseconds = FIRST_WAIT
  let wasOpen = false
  while (!signal.aborted) {
    for await (const told of listen(following)) {
      wasOpen = true
      milliseconds = FIRST_WAIT
      yield told
    }
    if (signal.aborted) return
    if (!wasOpen) {
      throw new CannotRun(
        `No collector answers at ${following.base.href}. Start \`attune serve\` there, or name another: --url.`,
      )
    }
    yield { is: 'lost', seconds: milliseconds / 1_000 }
    await wait(milliseconds)
    milliseconds = Math.min(LONGEST_WAIT, milliseconds * 2)
  }
}

// Ends when the connection does; what never became one says nothing.
async function* listen(following: Following): AsyncGenerator<Told, void, undefined> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  try {
    const answer = await fetch(addressOf(following), {
      headers: { authorization: `Bearer ${following.token}`, accept: 'text/event-stream' },
      signal: AbortSignal.any([following.signal, silence.signal]),
      // The token is for nobody else.
      redirect: 'error',
    })
    refuseUnlessOpen(answer)
    if (answer.status !== 200 || answer.body === null) return
    yield { is: 'open' }
    for await (const messages of readEventStream(answer.body)) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      for (const message of messages) yield* toldOf(message)
    }
  } catch (error) {
    if (error instanceof CannotRun) throw error
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

function addressOf({ base, filter: { names = [], reasons = [] } }: Following): URL {
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${EVENTS_PATH}`, base)
  for (const name of names) url.searchParams.append('name', name)
  for (const reason of reasons) url.searchParams.append('reason', reason)
  return url
}

function refuseUnlessOpen({ status }: Response): void {
  if (status === 401) {
    throw new CannotRun(
      'The collector knows no key with this token. Set ATTUNE_TOKEN to the token whose digest stands in its ATTUNE_KEYS.',
    )
  }
  if (status === 403) {
    throw new CannotRun('The role of this token may not see events. Use one of an editor (`events.read`).')
  }
  if (status === 404) {
    throw new CannotRun('There is no stream of events at this address. Name that of `attune serve`: --url.')
  }
}

function* toldOf({ event, data }: StreamMessage): Generator<Told, void, undefined> {
  // Our own collector made them.
  if (event === HEARD) yield { is: 'event', event: JSON.parse(data) as FeedEvent }
  if (event === MISSED) yield { is: 'missed', count: (JSON.parse(data) as { readonly count: number }).count }
}
