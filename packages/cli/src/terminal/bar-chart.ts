import { lengthOf } from './style.ts'
import { pad } from './table.ts'

/** One bar: its name, its length as a share of 1, and what stands after it. */
export interface Bar {
  readonly label: string
  /** 0 to 1; what lies outside is cut. */
  readonly share: number
  readonly note: string
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const LEAST_BAR = 8
const LONGEST_LABEL = 28

/**
 * Draws bars from one common edge, a full one as long as the line allows, to an eighth of a character.
 * Where colour is not wanted `paint` answers its text, and the picture stays the same.
 */
export function renderBarChart(
  bars: readonly Bar[],
  width: number,
  paint: (text: string) => string = (text) => text,
): string {
  const labels = bars.map(({ label }) => shorten(label))
  const labelWidth = Math.max(0, ...labels.map(lengthOf))
  const noteWidth = Math.max(0, ...bars.map(({ note }) => lengthOf(note)))
  const room = Math.max(LEAST_BAR, width - labelWidth - noteWidth - 6)
  const lines = bars.map(({ share, note }, at) => {
    const bar = drawBar(share, room)
    const space = ' '.repeat(room - lengthOf(bar))
    return `  ${pad(labels[at]!, labelWidth, 'left')}  ${paint(bar)}${space}  ${pad(note, noteWidth, 'right')}`
  })
  return lines.map((line) => `${line}\n`).join('')
}

/** A bar of `share` × `room` characters; anything above nothing shows at least its thinnest stroke. */
export function drawBar(share: number, room: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * room * 8)
  const shown = share > 0 ? Math.max(1, eighths) : 0
  return '█'.repeat(Math.floor(shown / 8)) + EIGHTHS[shown % 8]!
}

function shorten(label: string): string {
  const characters = [...label]
  return characters.length <= LONGEST_LABEL ? label : `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`
}
