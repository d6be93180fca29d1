import type { Names } from './access-log.ts'
import type { Mapping, PropertyMapping, RowTest } from './mapping.ts'
import { createReadTime } from './read-time.ts'
import type { ReplayEvent } from './replay-event.ts'

/** A row of a CSV, in the order of its headings. */
export type Row = readonly string[]

/** An event while its rows still come. */
export interface Draft {
  /** Rows of the same key are one event. */
  readonly key: string
  readonly visitor: string
  readonly name: string
  readonly userAgent: string
  /** Of the earliest row, milliseconds since 1970. */
  time: number
  rows: number
  /** By the mapping's sums. */
  readonly sums: number[]
  readonly first: Row
}

/** What a row turned out to be: a draft, or the reason why it is no event. */
export type RowReading = Draft | string

/** Makes drafts from rows, joins them, and makes events from drafts. */
export interface EventDrafter {
  read(row: Row): RowReading
  join(draft: Draft, more: Draft): void
  finish(draft: Draft, names: Names): ReplayEvent
}

type ReadProperty = (draft: Draft) => string | number | boolean | undefined

/** Prepares a mapping for rows under these headings; every column it names is among them. */
export function createEventDrafter(mapping: Mapping, header: Row): EventDrafter {
  const column = (name: string): number => header.indexOf(name)
  const [visitor, time] = [column(mapping.visitor), column(mapping.time.column)]
  const event = typeof mapping.event === 'string' ? undefined : column(mapping.event.column)
  const id = mapping.id === undefined ? undefined : column(mapping.id)
  const agent = mapping.userAgent === undefined ? undefined : column(mapping.userAgent)
  const readTime = createReadTime(mapping.time)
  const tests = (mapping.leaveOut ?? []).map((test) => ({
    reason: test.reason,
    fails: compileTest(test, column),
  }))
  const sums = Object.values(mapping.properties ?? {}).flatMap((property) =>
    'sum' in property ? [property.sum.map(column)] : [],
  )
  const readers = compileProperties(mapping.properties ?? {}, column)
  let count = 0

  function read(row: Row): RowReading {
    count++
    const failed = tests.find(({ fails }) => fails(row))
    if (failed !== undefined) return failed.reason
    const at = readTime(row[time]!)
    if (at === undefined) return 'bad-time'
    const products = sums.map((columns) => productOf(row, columns))
    if (products.some(Number.isNaN)) return 'bad-number'
    const name = typeof mapping.event === 'string' ? mapping.event : row[event!]!
    const key = id === undefined ? `${count}` : row[id]!
    return {
      key: `${name}\n${key}`,
      visitor: row[visitor]!,
      name,
      userAgent: agent === undefined ? '' : row[agent]!,
      time: at,
      rows: 1,
      sums: products,
      first: row,
    }
  }

  function join(draft: Draft, more: Draft): void {
    draft.time = Math.min(draft.time, more.time)
    draft.rows += more.rows
    more.sums.forEach((sum, at) => {
      draft.sums[at]! += sum
    })
  }

  function finish(draft: Draft, names: Names): ReplayEvent {
    const properties: { [name: string]: string | number | boolean } = {}
    for (const { name, value } of readers) {
      const found = value(draft)
      if (found !== undefined) properties[name] = found
    }
    return {
      visitor: draft.visitor === '' ? undefined : names.visitor(draft.visitor),
      id: id === undefined ? names.event(draft.key, ...draft.first) : names.event(draft.key),
      name: draft.name,
      time: draft.time,
      properties,
      userAgent: draft.userAgent,
    }
  }

  return { read, join, finish }
}

function compileTest(test: RowTest, column: (name: string) => number): (row: Row) => boolean {
  const at = column(test.column)
  if (test.is !== undefined) return (row) => row[at] === test.is
  const { startsWith } = test
  return startsWith === undefined ? (row) => row[at] === '' : (row) => row[at]!.startsWith(startsWith)
}

// An empty or unreadable cell is no product: what cannot be read is not taken for nothing.
function productOf(row: Row, columns: readonly number[]): number {
  return columns.reduce((product, at) => product * readNumber(row[at]!), 1)
}

function readNumber(text: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
}

function compileProperties(
  properties: NonNullable<Mapping['properties']>,
  column: (name: string) => number,
): readonly { readonly name: string; readonly value: ReadProperty }[] {
  let slot = 0
  return Object.entries(properties).map(([name, property]) => {
    if ('sum' in property) return { name, value: readSum(slot++) }
    return { name, value: 'count' in property ? (draft: Draft) => draft.rows : readCell(property, column) }
  })
}

// Ten-thousandths are what the ruleset language keeps; more decimals are only what floating point left over.
function readSum(slot: number): ReadProperty {
  return (draft) => Math.round(draft.sums[slot]! * 10_000) / 10_000
}

function readCell(
  property: Extract<PropertyMapping, { readonly column: string }>,
  column: (name: string) => number,
): ReadProperty {
  const at = column(property.column)
  const cell = (draft: Draft): string => draft.first[at]!
  if (property.type === 'number') {
    return (draft) => {
      const value = readNumber(cell(draft))
      return Number.isNaN(value) ? undefined : value
    }
  }
  if (property.type !== 'boolean') return (draft) => cell(draft) || undefined
  return (draft) => ({ true: true, false: false, 1: true, 0: false })[cell(draft).toLowerCase()]
}
