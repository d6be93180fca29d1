import { svg } from './dom.ts'
import { mergeSteps, stepSize } from './merge-steps.ts'
import { niceScale } from './nice-scale.ts'
import { type HeightOf, stepArea } from './step-area.ts'
import { countText, rateText } from './words.ts'

/** Events a second, the oldest first, both of the same length. */
export interface Rates {
  readonly accepted: readonly number[]
  readonly rejected: readonly number[]
}

const HEIGHT = 240
const TOP = 10
const BOTTOM = 24
const LEFT = 38
// The words at the end of the areas stand here.
const RIGHT = 74
// So many of the last seconds say where a word stands.
const END = 15
const LINE = 15
// In less room the marks beside the first would stand in it.
const NARROW = 360

/** A drawing, and how many seconds each step of it stands for. */
export interface RateDrawing {
  readonly drawing: SVGSVGElement
  readonly step: number
}

/** Draws rejected events upon accepted ones, over time, from zero; `width` is in pixels. */
export function drawRates(rates: Rates, width: number): RateDrawing {
  const step = stepSize(rates.accepted.length, width - LEFT - RIGHT)
  const accepted = mergeSteps(rates.accepted, step)
  const rejected = mergeSteps(rates.rejected, step)
  const all = accepted.map((count, at) => count + rejected[at]!)
  const { most, ticks } = niceScale(Math.max(...all))
  const base = HEIGHT - BOTTOM
  const heightOf = (value: number): number => base - (value / most) * (base - TOP)
  const right = width - RIGHT
  const frame = { left: LEFT, width: right - LEFT, heightOf }
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: 'img' })
  drawing.setAttribute('aria-label', describe(rates))
  drawing.append(
    ...ticks.flatMap((tick) => {
      const y = Math.round(heightOf(tick)) + 0.5
      const name = tick === 0 ? 'base' : 'grid'
      return [
        svg('line', { x1: LEFT, x2: right, y1: y, y2: y, class: name }),
        svg('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, countText(tick)),
      ]
    }),
    ...timeMarks(rates.accepted.length, frame),
  )
  if (Math.max(...all) === 0) return { drawing, step }
  const zero = all.map(() => 0)
  drawing.append(
    svg('path', { d: stepArea(zero, accepted, frame), class: 'accepted' }),
    svg('path', { d: stepArea(accepted, all, frame), class: 'rejected' }),
    ...endWords(rates, right + 6, heightOf),
  )
  return { drawing, step }
}

function timeMarks(seconds: number, { left, width }: { readonly left: number; readonly width: number }) {
  const minutes = Math.round(seconds / 60)
  return Array.from({ length: minutes + 1 }, (_, at) => {
    if (at === 1 && width < NARROW) return []
    const anchor = at === 0 ? 'start' : at === minutes ? 'end' : 'middle'
    const text = at === minutes ? 'now' : at === 0 ? `${minutes} min ago` : `${minutes - at}`
    const x = left + (width * at) / minutes
    return [svg('text', { x, y: HEIGHT - 6, 'text-anchor': anchor }, text)]
  }).flat()
}

// Each word at the middle of its area's end, and never on the other.
function endWords({ accepted, rejected }: Rates, x: number, heightOf: HeightOf): readonly SVGElement[] {
  const yes = meanOf(accepted.slice(-END))
  const no = meanOf(rejected.slice(-END))
  const hasNo = rejected.some((count) => count > 0)
  const low = Math.min(heightOf(yes / 2) + 4, HEIGHT - BOTTOM - 2)
  const high = Math.min(heightOf(yes + no / 2) + 4, low - LINE)
  const word = (name: string, y: number) =>
    svg('text', { x, y: Math.round(Math.max(y, TOP + 4)), class: name }, name)
  return [
    ...(accepted.some((count) => count > 0) ? [word('accepted', low)] : []),
    ...(hasNo ? [word('rejected', high)] : []),
  ]
}

function describe({ accepted, rejected }: Rates): string {
  const all = accepted.map((count, at) => count + rejected[at]!)
  const sum = all.reduce((total, count) => total + count, 0)
  const refused = rejected.reduce((total, count) => total + count, 0)
  const now = rateText(meanOf(all.slice(-10)))
  return `Events per second over the last 5 minutes: ${now} now, ${countText(Math.max(...all))} at most, ${countText(sum)} in all, ${countText(refused)} of them rejected. The table below has each minute.`
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
