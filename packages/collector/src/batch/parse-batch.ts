import { isObject, own } from '@attune/core'
import { readJsonLeniently } from '@attune/core/json'
import { MAX_BODY_BYTES } from './read-body.ts'
import type { RequestRefusal } from './refuse-request.ts'

/** The most events of a batch. */
export const MAX_EVENTS = 50

/** A batch as it was sent; its events are not looked at yet. */
export interface Batch {
  /** When the sender's clock said it was sent, milliseconds. */
  readonly sent?: number
  /** Minutes east of UTC where the sender is. */
  readonly utcOffset?: number
  /** The path of the page that sent it. */
  readonly page?: string
  readonly events: readonly unknown[]
  /** The first thing wrong with the JSON of an event, by its index. */
  readonly problems: ReadonlyMap<number, string>
}

// The farthest zones are UTC−12 and UTC+14; a little more does no harm.
const MAX_OFFSET = 15 * 60
const MAX_PAGE = 1_024
const EVENT_PATH = /^\$\.events\[(\d+)\]/

/** Reads a batch from JSON text; what is only wrong in one event is left to that event. */
export function parseBatch(text: string): Batch | RequestRefusal {
  const { value, problems } = readJsonLeniently(text, MAX_BODY_BYTES)
  const [first] = problems
  if (value === undefined) return refusal(`${first?.path}: ${first?.message}`)
  if (!isObject(value)) return refusal('A batch is an object with `sent` and `events`.')
  const events = own(value, 'events')
  if (!Array.isArray(events)) return refusal('`events` is missing or no list.')
  // Two lists under one name: nobody can say which is meant.
  if (problems.some(({ path }) => path === '$.events')) return refusal('`events` stands twice. Keep one.')
  if (events.length > MAX_EVENTS) {
    return {
      status: 413,
      error: 'too-many-events',
      message: `A batch has at most ${MAX_EVENTS} events. Send them in several.`,
    }
  }
  const spoiled = new Set(problems.map(({ path }) => path))
  const sent = spoiled.has('$.sent') ? undefined : own(value, 'sent')
  const offset = spoiled.has('$.utcOffset') ? undefined : own(value, 'utcOffset')
  const page = spoiled.has('$.page') ? undefined : own(value, 'page')
  return {
    ...(typeof sent === 'number' && sent >= 0 ? { sent } : {}),
    ...(isOffset(offset) ? { utcOffset: offset } : {}),
    ...(isPath(page) ? { page } : {}),
    events,
    problems: problemsByEvent(problems),
  }
}

function refusal(message: string): RequestRefusal {
  return { status: 400, error: 'malformed-batch', message }
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_OFFSET
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/') && value.length <= MAX_PAGE
}

function problemsByEvent(
  problems: readonly { readonly path: string; readonly message: string }[],
): ReadonlyMap<number, string> {
  const byEvent = new Map<number, string>()
  for (const { path, message } of problems) {
    const index = EVENT_PATH.exec(path)?.[1]
    if (index !== undefined && !byEvent.has(Number(index))) byEvent.set(Number(index), message)
  }
  return byEvent
}
