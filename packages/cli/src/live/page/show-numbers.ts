import type { GrantCounts } from '@attune/collector/watching'
import type { Numbers } from '../numbers.ts'
import { type BarRow, showBars } from './bars.ts'
import { byId, fillList, setText } from './dom.ts'
import { drawRates } from './rate-chart.ts'
import { countOf, countText, rateText, shareText, timeText } from './words.ts'

const MINUTE = 60
// What is told as the rate of now.
const NOW_SECONDS = 10

/** Shows numbers: figures, tables and lists. The chart is drawn by itself: `showRates`. */
export function showNumbers(numbers: Numbers): void {
  showFigures(numbers)
  showMinutes(numbers)
  const { events, reasons, refusedBatches, accepted, rejected } = numbers
  showBars('events', barsOf(events, accepted), 'Nothing was accepted in the last 5 minutes.')
  showBars('reasons', barsOf(reasons, rejected), 'Nothing was rejected in the last 5 minutes.')
  const batches = refusedBatches.reduce((sum, [, count]) => sum + count, 0)
  byId('refused-part').hidden = batches === 0
  showBars('refused', barsOf(refusedBatches, batches), '')
  showConsent(numbers)
  showHealth(numbers)
  setText(byId('began'), timeText(numbers.began))
  setText(byId('updated'), timeText(numbers.now))
}

/** Draws the chart as wide as its place. */
export function showRates({ seconds, began }: Numbers): void {
  const place = byId('rate-chart')
  const { drawing, step } = drawRates(seconds, Math.max(280, place.clientWidth))
  setText(byId('rate-span'), step === 1 ? 'last 5\u00a0min' : `last 5\u00a0min, means of ${step}\u00a0s`)
  const isEmpty = [...seconds.accepted, ...seconds.rejected].every((count) => count === 0)
  if (!isEmpty) return place.replaceChildren(drawing)
  const words = document.createElement('p')
  words.className = 'nothing soft'
  const first = document.createElement('strong')
  first.textContent = 'No event in the last 5 minutes'
  words.append(
    first,
    ` Counting since ${timeText(began)}. What comes shows here within two seconds; pages send nothing before a visitor allows it.`,
  )
  place.replaceChildren(drawing, words)
}

function showFigures({ seconds, accepted, duplicates, rejected, sessions, consent, answers }: Numbers): void {
  const all = seconds.accepted.map((count, at) => count + seconds.rejected[at]!)
  const recent = all.slice(-NOW_SECONDS)
  const rate = recent.reduce((sum, count) => sum + count, 0) / NOW_SECONDS
  setText(byId('rate'), rateText(rate))
  setText(
    byId('rate-note'),
    `mean of the last 10\u00a0s; ${countText(Math.max(...all))} at most, last 5\u00a0min`,
  )
  const judged = accepted + rejected
  setText(byId('share'), shareText(accepted, judged))
  const known = duplicates > 0 ? `, beside ${countOf(duplicates, 'repetition')}` : ''
  const of = judged === 0 ? 'no event' : `${countText(accepted)} of ${countOf(judged, 'event')}`
  setText(byId('share-note'), `${of}${known}, last 5\u00a0min`)
  setText(byId('sessions'), countText(sessions))
  setText(byId('sessions-note'), 'about, last 30\u00a0min; of visitors who allowed preferences')
  const hasAnswers = answers.all > 0
  const asked = hasAnswers ? answers : consent
  setText(byId('yes'), shareText(asked.granted.preferences, asked.all))
  const yes = `${countText(asked.granted.preferences)} of ${countText(asked.all)}`
  const batches =
    asked.all === 0 ? 'no answer, last hour; no batch, last 5\u00a0min' : `${yes} batches, last 5\u00a0min`
  setText(byId('yes-note'), hasAnswers ? `${yes} answers to the banner, last hour` : batches)
}

function showMinutes({ seconds: { accepted, rejected }, now }: Numbers): void {
  const minutes = Array.from({ length: accepted.length / MINUTE }, (_, at) => {
    const part = [at * MINUTE, (at + 1) * MINUTE] as const
    const [yes, no] = [accepted.slice(...part), rejected.slice(...part)]
    const begins = now - (accepted.length - part[0]) * 1_000
    const most = Math.max(...yes.map((count, second) => count + no[second]!))
    return [timeText(begins), ...[sumOf(yes), sumOf(no), most].map(countText)]
  })
  fillList(byId('minutes'), minutes, createMinute, (row, texts) => {
    for (const [at, text] of texts.entries()) setText(row.children[at]!, text)
  })
}

function createMinute(): HTMLElement {
  const row = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  const cells = [0, 1, 2].map(() => {
    const cell = document.createElement('td')
    cell.className = 'number'
    return cell
  })
  row.append(head, ...cells)
  return row
}

function barsOf(counts: Numbers['events'], all: number): readonly BarRow[] {
  const most = Math.max(...counts.map(([, count]) => count))
  return counts.map(([name, count]) => ({
    name,
    length: count / most,
    counts: [countText(count), shareText(count, all)],
  }))
}

const PURPOSES = [
  ['preferences', 'Preferences'],
  ['statistics', 'Statistics'],
  ['statistics-anonymous', 'Statistics, anonymous'],
  ['marketing', 'Marketing'],
] as const

function showConsent({ consent, answers }: Numbers): void {
  // The banner asks everybody; where none was answered, what came has to do.
  const shown = answers.all > 0 ? answers : consent
  const row = (name: string, of: (counts: GrantCounts) => number): BarRow => ({
    name,
    length: of(shown) / Math.max(1, shown.all),
    counts: [answers, consent].map((counts) => shareText(of(counts), counts.all)),
  })
  const rows = PURPOSES.map(([purpose, name]) => row(name, ({ granted }) => granted[purpose]))
  const isEmpty = consent.all + answers.all === 0
  byId('consent-note').hidden = isEmpty
  const empty = 'Nobody sent anything in the last 5 minutes, nor answered the banner in the last hour.'
  showBars('consent', isEmpty ? [] : [...rows, row('Nothing', ({ nothing }) => nothing)], empty)
}

function showHealth({ alarms, parts }: Numbers): void {
  const open = alarms?.length ?? 0
  const words = open === 0 ? 'No alarm is open.' : `${countOf(open, 'open alarm')}: above.`
  setText(
    byId('alarms-text'),
    alarms === null ? 'Alarms are off: attune serve --alarms looks for them.' : words,
  )
  byId('alarms').hidden = open === 0
  const item = () => document.createElement('li')
  fillList(byId('alarms'), alarms ?? [], item, (child, { since, text }) =>
    setText(child, `Alarm: ${text} Since ${timeText(since)}.`),
  )
  const createPart = () => {
    const child = item()
    child.append('', document.createElement('b'))
    return child
  }
  fillList(byId('parts'), parts, createPart, (child, { part, status }) => {
    child.className = status
    const [name, word] = child.childNodes
    if (name !== undefined && name.textContent !== `${part} `) name.textContent = `${part} `
    if (word instanceof Element) setText(word, status === 'ok' ? 'well' : 'degraded')
  })
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
