import { own, type Ruleset } from '@attune/core'
import { type Bar, renderBarChart } from '../terminal/bar-chart.ts'
import {
  countOf,
  formatAmount,
  formatCount,
  formatDuration,
  formatInstant,
  formatShare,
} from '../terminal/format.ts'
import { printable, type Style } from '../terminal/style.ts'
import { type Column, renderTable } from '../terminal/table.ts'
import { type Count, type ReplayReport, sumOf } from './build-report.ts'

/** How a report is drawn. */
export interface Canvas {
  readonly width: number
  readonly style: Style
}

const OUTCOME: readonly Column[] = [
  { title: 'outcome', align: 'left' },
  { title: 'events', align: 'right' },
  { title: 'share', align: 'right' },
]
const REASON: readonly Column[] = [{ ...OUTCOME[0]!, title: 'reason' }, ...OUTCOME.slice(1)]
const SEGMENT: readonly Column[] = [
  { title: 'segment', align: 'left' },
  { title: 'visitors', align: 'right' },
  { title: 'not', align: 'right' },
  { title: 'unknown', align: 'right' },
  { title: 'who', align: 'left' },
]

/** Writes a report for a person: tables of what became of the records, and the segments as a table and bars. */
export function renderReport(report: ReplayReport, segments: Ruleset['segments'], canvas: Canvas): string {
  const { strong } = canvas.style
  const blocks = [
    `${strong(printable(report.file))}, ruleset ${printable(report.ruleset)}\n${renderFacts(report)}`,
    ...(report.leftOut.length > 0 ? [renderLeftOut(report, canvas)] : []),
    renderEvents(report, canvas),
    ...(report.segments.length > 0 ? [renderSegments(report, segments ?? {}, canvas)] : []),
  ]
  return `${blocks.join('\n')}`
}

function renderFacts(report: ReplayReport): string {
  const { events, oldest, newest } = report
  const span =
    oldest === null || newest === null ? '–' : `${formatInstant(oldest)} to ${formatInstant(newest)}`
  const facts: readonly (readonly [string, string])[] = [
    [
      'read',
      `${countOf(report.records, report.unit)} in ${formatDuration(report.took)} (${perSecond(report)}/s)`,
    ],
    ['events', `${formatCount(events.sent)} (${formatCount(report.eventsPerSecond)}/s)`],
    ['from, to', span],
    ['visitors', formatCount(report.visitors)],
    ['sessions', formatCount(report.sessions)],
    ['bots', `${countOf(report.bots, 'visitor')}, ${countOf(countNamed(events.rejected, 'bot'), 'event')}`],
    ...events.names.map(({ name, count, value }) => {
      const sum = value === null ? '' : `, value ${formatAmount(value)}`
      return [printable(name), `${formatCount(count)} accepted${sum}`] as const
    }),
  ]
  const width = Math.max(...facts.map(([title]) => title.length))
  return facts.map(([title, fact]) => `  ${title.padEnd(width)}  ${fact}\n`).join('')
}

function perSecond({ records, took }: ReplayReport): string {
  return took > 0 ? formatCount((records * 1000) / took) : '–'
}

function renderLeftOut(report: ReplayReport, { style }: Canvas): string {
  const { unit, records, leftOut } = report
  const columns = REASON.map((column) =>
    column.title === 'events' ? { ...column, title: `${unit}s` } : column,
  )
  const rows = leftOut.map(({ name, count }) => [name, formatCount(count), formatShare(count, records)])
  return `${style.strong(`${unit === 'line' ? 'Lines' : 'Rows'} that became no event`)}\n${renderTable(columns, rows)}`
}

function renderEvents({ events }: ReplayReport, { style }: Canvas): string {
  const { sent, accepted, duplicates, rejected } = events
  const row = (name: string, count: number) => [printable(name), formatCount(count), formatShare(count, sent)]
  const outcomes = [
    row('accepted', accepted),
    row('duplicate', duplicates),
    row('rejected', sumOf(rejected)),
    row('all', sent),
  ]
  const table = `${style.strong('Events')}\n${renderTable(OUTCOME, outcomes)}`
  if (rejected.length === 0) return table
  const reasons = rejected.map(({ name, count }) => row(name, count))
  return `${table}\n${style.strong('Rejected by reason')}\n${renderTable(REASON, reasons)}`
}

function renderSegments(
  { segments, visitors, newest }: ReplayReport,
  labels: NonNullable<Ruleset['segments']>,
  { style, width }: Canvas,
): string {
  const rows = segments.map(({ key, match, no, unknown }) => [
    printable(key),
    formatCount(match),
    formatCount(no),
    formatCount(unknown),
    printable(own(labels, key)?.label ?? ''),
  ])
  const bars = segments.map(
    ({ key, match }): Bar => ({
      label: printable(key),
      share: visitors === 0 ? 0 : match / visitors,
      note: formatShare(match, visitors),
    }),
  )
  const title = style.strong(
    newest === null ? 'Segments' : `Segments of ${countOf(visitors, 'visitor')} at ${formatInstant(newest)}`,
  )
  return `${title}\n${renderTable(SEGMENT, rows, width)}\n${renderBarChart(bars, width, style.cyan)}`
}

function countNamed(counts: readonly Count[], name: string): number {
  return counts.find((count) => count.name === name)?.count ?? 0
}
