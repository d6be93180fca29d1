import { isObject } from '@attune/core'
import { type KeptEvent, readEvent, writeEvent } from '../kept-event.ts'
import type { QueuedBatch } from './event-queue.ts'

type Row = readonly [visitor: string, received: number, events: readonly KeptEvent[]]

/**
 * Writes a batch as it waits in a queue.
 * @throws TypeError when one of its events is none.
 */
export function writeEntry({ visitor, received, events }: QueuedBatch): string {
  const row: Row = [visitor, received, events.map(writeEvent)]
  return JSON.stringify(row)
}

/** What the text of a visitor's batches begins with, and of nobody else's. */
export function entryStart(visitor: string): string {
  return `[${JSON.stringify(visitor)},`
}

/** Reads a batch; `undefined` when the text is not ours. */
export function readEntry(text: string): QueuedBatch | undefined {
  try {
    const row: unknown = JSON.parse(text)
    if (!isRow(row)) return undefined
    const [visitor, received, events] = row
    return { visitor, received, events: events.map(readEvent) }
  } catch {
    return undefined
  }
}

function isRow(row: unknown): row is Row {
  return (
    Array.isArray(row) &&
    row.length === 3 &&
    typeof row[0] === 'string' &&
    Number.isFinite(row[1]) &&
    Array.isArray(row[2]) &&
    row[2].every(isKept)
  )
}

function isKept(event: unknown): boolean {
  return (
    isObject(event) &&
    typeof event.id === 'string' &&
    typeof event.name === 'string' &&
    Number.isFinite(event.time) &&
    typeof event.properties === 'string' &&
    (event.context === null || typeof event.context === 'string')
  )
}
