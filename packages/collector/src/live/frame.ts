import { isObject, own } from '@attune/core'

/** The first message of a page: its ticket. */
export interface Hello {
  readonly ticket: string
}

/** A message with a batch. */
export interface BatchFrame {
  /** Counts a page's messages; the answer has the same. */
  readonly n: number
  /** The page's cookies as they are now, which those of the socket's beginning no longer are; missing where there is none. */
  readonly consent: string | undefined
  readonly session: string | undefined
  /** The page's address. */
  readonly page: string | undefined
  /** The placements whose decisions it wants to hear. */
  readonly placements: readonly string[]
  /** The batch, as by HTTP. */
  readonly body: Uint8Array
}

const MOST_HEAD = 4_096
const MOST_PLACEMENTS = 20
const MOST_NAME = 100
const NEWLINE = 10
const decoder = new TextDecoder('utf-8', { fatal: true })
// What a cookie of ours may hold; a blank or a semicolon would begin another.
const CONSENT = /^[\w.-]{0,200}$/
const SESSION = /^[\d.]{0,60}$/
const ADDRESS = /^https?:\/\/[!-~]{1,2000}$/

/** Reads the first message, JSON text; `undefined` when it is none. */
export function parseHello(data: Uint8Array): Hello | undefined {
  const ticket = data.length > MOST_HEAD ? undefined : own(readObject(data), 'ticket')
  return typeof ticket === 'string' ? { ticket } : undefined
}

/** Reads a message with a batch: a line of JSON, and the batch below it. `undefined` when the line is not what it should be. */
export function parseBatchFrame(data: Uint8Array): BatchFrame | undefined {
  const end = data.indexOf(NEWLINE)
  if (end < 0 || end > MOST_HEAD) return undefined
  const head = readObject(data.subarray(0, end))
  const n = own(head, 'n')
  const placements = own(head, 'placements') ?? []
  if (!isCount(n) || !isNames(placements)) return undefined
  return {
    n,
    consent: textOf(own(head, 'consent'), CONSENT),
    session: textOf(own(head, 'session'), SESSION),
    page: textOf(own(head, 'page'), ADDRESS) || undefined,
    placements,
    body: data.subarray(end + 1),
  }
}

function readObject(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes))
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_PLACEMENTS &&
    value.every((name) => typeof name === 'string' && name.length <= MOST_NAME)
  )
}

// A cookie that cannot be read counts as one that stands there and says nothing.
function textOf(value: unknown, shape: RegExp): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' && shape.test(value) ? value : ''
}
