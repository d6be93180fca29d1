import { parse } from 'csv-parse/sync'
import { CannotRun } from '../command.ts'

/**
 * Reads traffic from a CSV with headings: `segment,share`, or `route`, a column for each placement and `count`; cells
 * of placements that a row's route does not have are empty.
 */
export function readTrafficCsv(text: string): unknown {
  const rows = parseRows(text)
  const headings = Object.keys(rows[0] ?? {})
  if (headings.includes('segment') && headings.includes('share')) {
    return { segments: Object.fromEntries(rows.map((row) => [row.segment, toNumber(row.share)])) }
  }
  if (headings.includes('route') && headings.includes('count'))
    return { combinations: rows.map(toCombination) }
  throw new CannotRun(
    `The traffic's columns are ${headings.join(', ') || 'missing'}. Use segment,share or route,<placement>…,count.`,
  )
}

type Row = { readonly [heading: string]: string }

function parseRows(text: string): readonly Row[] {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw new CannotRun(`The traffic is no CSV: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function toCombination({ route, count, ...variants }: Row): unknown {
  const named = Object.entries(variants).filter(([, variant]) => variant !== '')
  return { route, variants: Object.fromEntries(named), count: toNumber(count) }
}

// What is no number is left as it is, for the check to name.
function toNumber(text: string | undefined): unknown {
  const number = Number(text)
  return text === undefined || text === '' || Number.isNaN(number) ? text : number
}
