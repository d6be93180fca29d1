import { foldDenials, instantWords, type SegmentTrace, type Trace } from '@attune/core/explain'
import { printable, type Style } from '../terminal/style.ts'
import { wrapWords } from '../terminal/wrap.ts'

/** How a segment's trace is shown. */
export interface TraceView {
  readonly style: Style
  /** Characters a line may have. */
  readonly width: number
  /** The zone in which instants are told. */
  readonly timezone: string
  /** Milliseconds since 1970 for which was asked. */
  readonly now: number
}

/** A segment's answer, its tree, and what would change it. */
export function renderTrace(trace: SegmentTrace, view: TraceView): string {
  const { style, timezone, now } = view
  const name = trace.label === trace.key ? '' : `, ${trace.label}`
  const asked = `on ${instantWords(now, timezone)} (${timezone})`
  return [
    ...paragraph(`${trace.key}${name}`, 0, view, style.strong),
    ...paragraph(`${answerOf(trace)} ${asked}.`, 2, view, (text) => text),
    '',
    ...nodeLines(foldDenials<Trace>(trace), 1, view),
    '',
    ...otherwise(trace).flatMap((sentence) => paragraph(sentence, 2, view, style.cyan)),
    '',
  ].join('\n')
}

function answerOf({ match, assumed }: SegmentTrace): string {
  const answer = match === null ? 'Unknown, which counts as not in it,' : match ? 'In it' : 'Not in it'
  return assumed ? `${answer}, which was assumed,` : answer
}

function otherwise({ counterfactual, alone }: SegmentTrace): readonly string[] {
  const told = [counterfactual, alone].flatMap((found) => (found === null ? [] : [found.sentence]))
  return told.length === 0 ? ['Nothing was found that would change it.'] : [...new Set(told)]
}

function nodeLines(trace: Trace, depth: number, view: TraceView): readonly string[] {
  const indent = depth * 2
  const [mark, paint] = markOf(trace.match, view.style)
  const [first = '', ...rest] = wrapWords(printable(trace.sentence), view.width - indent - 2)
  const space = ' '.repeat(indent)
  const notes = notesOf(trace, view).flatMap((note) => paragraph(note, indent + 4, view, view.style.faint))
  return [
    `${space}${paint(mark)} ${first}`,
    ...rest.map((line) => `${space}  ${line}`),
    ...notes,
    ...trace.children.flatMap((child) => nodeLines(child, depth + 1, view)),
  ]
}

function markOf(match: boolean | null, style: Style): readonly [string, (text: string) => string] {
  if (match === null) return ['?', style.yellow]
  return match ? ['✓', style.green] : ['✗', style.red]
}

function notesOf(
  { saw, missingConsent, until, flips, children }: Trace,
  { timezone, now }: TraceView,
): readonly string[] {
  const [change] = flips?.changes ?? []
  const isTime = flips?.changes.length === 1 && change?.by === 'time'
  return [
    ...(saw === null ? [] : [`saw ${saw}`]),
    ...(missingConsent.length === 0 ? [] : [`needs consent to ${missingConsent.join(' and ')}`]),
    ...(flips === null ? [] : [`would change ${flips.words}`]),
    // What time alone does may come later than the instant until which it surely does not.
    ...(until === null || isTime || children.length > 0
      ? []
      : [`holds at least until ${instantWords(until, timezone, now)}`]),
  ]
}

function paragraph(
  text: string,
  indent: number,
  { width }: TraceView,
  paint: (text: string) => string,
): readonly string[] {
  return wrapWords(printable(text), width - indent).map((line) => `${' '.repeat(indent)}${paint(line)}`)
}
