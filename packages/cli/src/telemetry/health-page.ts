import { createHash } from 'node:crypto'
import { formatCount, formatDuration, formatInstant } from '../terminal/format.ts'
import { printable } from '../terminal/style.ts'
import { readVersion } from '../version.ts'
import type { HealthReport, PartReport } from './health.ts'
import { HEALTH_STYLE } from './health-style.ts'

/** The `Content-Security-Policy` of the page: its own style, and nothing else. */
export const PAGE_POLICY: string = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(HEALTH_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const WORDS = { ok: 'Well', degraded: 'Degraded', stopping: 'Stopping' }
const NAMES: { readonly [fact: string]: string } = {
  state: 'State',
  revision: 'Revision',
  ageSeconds: 'Last confirmed',
  underWay: 'Under way',
  limit: 'Refused from',
  shed: 'Refused early',
  breaker: 'Breaker',
  ids: 'Visitors’ ids',
  waiting: 'Entries waiting',
  delaySeconds: 'Oldest waits',
  setAside: 'Set aside',
  partitions: 'Partitions',
  folded: 'Events folded',
  p99Seconds: 'Delay, p99',
}

/** A health report for people. It reads well without colours, and asks again every ten seconds. */
export function healthPage(name: string, report: HealthReport): string {
  const { status, since, started, now, parts } = report
  const ill = parts.filter((part) => part.status === 'degraded').map(({ part }) => part)
  const summary = status === 'degraded' ? `${WORDS[status]}: ${ill.join(', ')}` : WORDS[status]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="10">
<title>${escapeHtml(`${summary} · ${name}`)}</title>
<style>${HEALTH_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="name">${escapeHtml(name)}</p>
<h1 class="${status}">${escapeHtml(summary)}</h1>
<p>for ${duration(now - since)}, since ${time(since)}</p>
</header>
${parts.map((part) => section(part, now)).join('\n')}
<footer>Version ${escapeHtml(readVersion())}, running for ${duration(now - started)}. Seen ${time(now)}; asks again every ten seconds.</footer>
</main>
</body>
</html>
`
}

function section({ part, status, since, why, facts = {} }: PartReport, now: number): string {
  const rows = Object.entries(facts).filter(([, value]) => value !== null)
  return [
    `<section class="${status}">`,
    `<h2>${escapeHtml(part)} <span>${WORDS[status]}</span></h2>`,
    ...(why === undefined ? [] : [`<p class="why">${escapeHtml(why)}</p>`]),
    '<dl>',
    ...rows.map(([name, value]) => row(NAMES[name] ?? name, factText(name, value))),
    row('Since', `${time(since)}, ${duration(now - since)}`),
    '</dl>',
    '</section>',
  ].join('\n')
}

function row(name: string, html: string): string {
  return `<div><dt>${escapeHtml(name)}</dt><dd>${html}</dd></div>`
}

function factText(name: string, value: string | number | null): string {
  if (typeof value !== 'number') return escapeHtml(String(value))
  if (name === 'ageSeconds') return `${duration(value * 1000)} ago`
  return name.endsWith('Seconds') ? duration(value * 1000) : formatCount(value)
}

function duration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000)
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  if (hours >= 1) return `${hours} h ${Math.floor((milliseconds % 3_600_000) / 60_000)} min`
  return formatDuration(Math.max(0, milliseconds))
}

function time(milliseconds: number): string {
  const text = formatInstant(milliseconds)
  return `<time datetime="${text}">${text.slice(0, 10)} ${text.slice(11, 19)} UTC</time>`
}

function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
