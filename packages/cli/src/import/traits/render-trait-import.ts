import { formatCount } from '../../terminal/format.ts'
import { printable } from '../../terminal/style.ts'
import type { ImportReport } from './import-report.ts'
import type { RejectedRow } from './import-rows.ts'
import type { TraitImport } from './read-import-options.ts'

const MOST_VALUE = 60

/** One row that was not taken: line, value and cure. */
export function renderReject({ line, column, value, problem }: RejectedRow): string {
  if (column === '') return `line ${line}: the row ${problem}\n`
  const shown = value.length > MOST_VALUE ? `${value.slice(0, MOST_VALUE)}…` : value
  return `line ${line}: ${printable(column)} ${printable(JSON.stringify(shown))} ${problem}\n`
}

/** What an import came to, for people. */
export function renderTraitImport(report: ImportReport, { isDry, source, asOf }: TraitImport): string {
  const { rows, taken, known, rejected, empty, columns, store, rejects, isStopped, line } = report
  const into = store === undefined ? 'nowhere' : printable(store)
  const told = columns.traits.map(({ heading, trait }) =>
    heading === trait ? trait : `${printable(heading)} as ${trait}`,
  )
  const lines = [
    isDry
      ? `Checked ${formatCount(rows)} rows of ${printable(report.file)}; nothing was kept.`
      : `Read ${formatCount(rows)} rows of ${printable(report.file)} into ${into}.`,
    `  traits           ${told.join(', ')}; told by ${source} as of ${new Date(asOf).toISOString()}`,
    `  ${isDry ? 'good   ' : 'taken  '}          ${formatCount(taken)}`,
    ...(known === 0 ? [] : [`  told before      ${formatCount(known)}`]),
    ...(empty === 0 ? [] : [`  empty            ${formatCount(empty)}`]),
    `  not taken        ${formatCount(rejected)}`,
    ...(columns.leftOut.length === 0
      ? []
      : [`  columns left out ${columns.leftOut.map(printable).join(', ')}`]),
    ...(rejects === undefined
      ? []
      : [
          `Rows that were not taken are in ${printable(rejects)}: mend them there and import that file. Delete it then; it holds what they held.`,
        ]),
    ...(isStopped
      ? [`Stopped after line ${line}. Go on with the same command and --from-line ${line + 1}.`]
      : []),
  ]
  return `${lines.join('\n')}\n`
}
