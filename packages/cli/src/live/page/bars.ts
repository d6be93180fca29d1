import { byId, fillList, setText, svg } from './dom.ts'

/** A row of a table with bars. */
export interface BarRow {
  readonly name: string
  /** From 0 to 1: how much of its place the bar takes. */
  readonly length: number
  readonly counts: readonly string[]
}

const WIDTH = 100

/** Shows rows in the table `id`, or, without any, the sentence that says so. */
export function showBars(id: string, rows: readonly BarRow[], empty: string): void {
  const [first] = rows
  byId(`${id}-table`).hidden = first === undefined
  setText(byId(`${id}-empty`), first === undefined ? empty : '')
  fillList(byId(id), rows, () => createRow(first?.counts.length ?? 0), updateRow)
}

function createRow(counts: number): HTMLElement {
  const row = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  // The numbers beside it say the same.
  const bar = svg('svg', { viewBox: `0 0 ${WIDTH} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true' })
  bar.append(svg('rect', { height: 10 }))
  const place = document.createElement('td')
  place.append(bar)
  const numbers = Array.from({ length: counts }, () => {
    const cell = document.createElement('td')
    cell.className = 'number'
    return cell
  })
  row.append(head, place, ...numbers)
  return row
}

function updateRow(row: HTMLElement, { name, length, counts }: BarRow): void {
  const [head, place, ...numbers] = row.children
  if (head !== undefined) setText(head, name)
  place?.querySelector('rect')?.setAttribute('width', (length * WIDTH).toFixed(1))
  for (const [at, cell] of numbers.entries()) setText(cell, counts[at] ?? '')
}
