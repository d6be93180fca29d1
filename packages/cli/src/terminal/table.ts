import { lengthOf } from './style.ts'

/** A column's heading and the side its cells stand on; numbers stand right. */
export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
}

const GAP = '  '

/**
 * Lays rows out under aligned headings, one line each, indented by two; a missing cell is empty.
 * Lines longer than `width` are cut.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number = Number.POSITIVE_INFINITY,
): string {
  const widths = columns.map(({ title }, at) =>
    Math.max(lengthOf(title), ...rows.map((row) => lengthOf(row[at] ?? ''))),
  )
  const line = (cells: readonly string[]): string => {
    const padded = columns.map(({ align }, at) => pad(cells[at] ?? '', widths[at]!, align))
    return cut(`${GAP}${padded.join(GAP)}`.trimEnd(), width)
  }
  const rule = columns.map((_, at) => '─'.repeat(widths[at]!))
  const lines = [columns.map(({ title }) => title), rule, ...rows].map(line)
  return `${lines.join('\n')}\n`
}

function cut(line: string, width: number): string {
  return lengthOf(line) <= width ? line : `${[...line].slice(0, width - 1).join('')}…`
}

/** Fills text up to a width; colours do not count. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return align === 'left' ? text + space : space + text
}
