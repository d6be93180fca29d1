import type { Purpose } from '@attune/core'

/** How rows of a CSV become events. Every name of a column is a heading in the first row. */
export interface Mapping {
  /** The event's name, the same for all rows or from a column. */
  readonly event: string | ColumnName
  /** Who did it. A row where it is empty has no visitor. */
  readonly visitor: string
  readonly time: TimeMapping
  /** What makes an event one: with `group`, rows of the same id are one event. Without it each row is its own. */
  readonly id?: string
  /** Joins the rows of one id into one event, at the earliest row's time. */
  readonly group?: boolean
  readonly userAgent?: string
  /** Rows that are no events, each with the reason they are counted under. */
  readonly leaveOut?: readonly RowTest[]
  readonly properties?: { readonly [name: string]: PropertyMapping }
  /** What the event needs to be kept; default `preferences`. */
  readonly purpose?: Purpose
  /** One character; default a comma. */
  readonly delimiter?: string
}

/** A value that stands in a column. */
export interface ColumnName {
  readonly column: string
}

/** Where the time stands and how it is written. */
export interface TimeMapping extends ColumnName {
  /**
   * `iso` (default: RFC 3339; without a zone it is local to `timezone`), `seconds` or `milliseconds` since 1970,
   * or a pattern of `yyyy MM dd HH mm ss` such as `dd/MM/yyyy HH:mm`.
   */
  readonly format?: string
  /** IANA name, for times written without a zone; default UTC. */
  readonly timezone?: string
}

/** Tells which rows are left out; exactly one of the tests. */
export interface RowTest extends ColumnName {
  readonly is?: string
  readonly startsWith?: string
  readonly empty?: true
  readonly reason: string
}

/** A property from the group's first row, a sum over its rows of the product of columns, or the number of rows. */
export type PropertyMapping =
  | (ColumnName & { readonly type?: 'string' | 'number' | 'boolean' })
  | { readonly sum: readonly string[] }
  | { readonly count: 'rows' }

/** The type that a mapped property has. */
export function propertyType(mapping: PropertyMapping): 'string' | 'number' | 'boolean' {
  return 'column' in mapping ? (mapping.type ?? 'string') : 'number'
}

/** Every column that a mapping names, with the JSON path that names it. */
export function columnsOf(mapping: Mapping): readonly (readonly [path: string, column: string])[] {
  const columns: (readonly [string, string])[] = [
    ['$.visitor', mapping.visitor],
    ['$.time.column', mapping.time.column],
  ]
  if (typeof mapping.event !== 'string') columns.push(['$.event.column', mapping.event.column])
  if (mapping.id !== undefined) columns.push(['$.id', mapping.id])
  if (mapping.userAgent !== undefined) columns.push(['$.userAgent', mapping.userAgent])
  mapping.leaveOut?.forEach(({ column }, at) => {
    columns.push([`$.leaveOut[${at}].column`, column])
  })
  for (const [name, property] of Object.entries(mapping.properties ?? {})) {
    const path = `$.properties.${name}`
    if ('column' in property) columns.push([`${path}.column`, property.column])
    if ('sum' in property)
      property.sum.forEach((column, at) => {
        columns.push([`${path}.sum[${at}]`, column])
      })
  }
  return columns
}
