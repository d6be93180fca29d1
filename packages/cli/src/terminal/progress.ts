import type { Io } from '../io.ts'
import { drawBar } from './bar-chart.ts'
import { formatBytes, formatCount, formatDuration } from './format.ts'
import { widthOf } from './style.ts'
import { pad } from './table.ts'

/** Shows how far a long run has come. */
export interface Progress {
  /** Says how many bytes are read and how many things are done; draws only as often as a person can follow. */
  update(bytes: number, done: number): void
  /** Takes the bar away, or says on a line that the end is reached. */
  end(): void
}

const REDRAW_MS = 100
const SAY_MS = 5000

/** A bar on a terminal, else a line every five seconds; both on stderr, so that stdout holds results alone. */
export function createProgress(io: Io, totalBytes: number, noun: string): Progress {
  const begun = io.now()
  const isTerminal = io.stderr.isTTY === true && io.env.TERM !== 'dumb'
  let last = isTerminal ? Number.NEGATIVE_INFINITY : begun
  let drawn = false

  function update(bytes: number, done: number): void {
    const now = io.now()
    if (now - last < (isTerminal ? REDRAW_MS : SAY_MS)) return
    last = now
    const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes)
    const speed = now > begun ? (done * 1000) / (now - begun) : 0
    const note = `${percent(share)}  ${formatBytes(bytes)} of ${formatBytes(totalBytes)}  ${formatCount(done)} ${noun}  ${formatCount(speed)}/s`
    if (!isTerminal) {
      io.stderr.write(`${note}  ${formatDuration(now - begun)}\n`)
      return
    }
    drawn = true
    io.stderr.write(`\r${barLine(share, note, widthOf(io.stderr))}\u001b[K`)
  }

  function end(): void {
    if (drawn) io.stderr.write('\r\u001b[K')
    drawn = false
  }

  return { update, end }
}

// One column stays free: a full last column makes some terminals wrap.
function barLine(share: number, note: string, width: number): string {
  const room = width - note.length - 4
  if (room < 10) return note.slice(0, width - 1)
  return `▕${pad(drawBar(share, room), room, 'left')}▏ ${note}`
}

function percent(share: number): string {
  return `${Math.floor(100 * share)
    .toString()
    .padStart(3)} %`
}
