import { isGranted, own } from '@attune/core'
import { PAGE_STYLE } from './page-style.ts'
import type { MyDataWords } from './page-words.ts'
import type { DaySummary, NamedPurpose, PageSubject } from './summarise-record.ts'

/** What stands around what the page says. */
export interface PageFrame {
  readonly words: MyDataWords
  /** BCP 47, such as `en`. */
  readonly lang: string
  /** Where the site's own pages are. */
  readonly home: string
  /** The path of the page itself. */
  readonly path: string
  /** Lets the page's own style through its policy. */
  readonly nonce: string
}

/** The tokens of the page's buttons. */
export interface PageTokens {
  readonly download: string
  readonly erase: string
}

// Of more the page would be long; the download has all.
const MOST_DAYS = 30

/** Writes the page of what is kept of a visitor. */
export function renderData(frame: PageFrame, subject: PageSubject, tokens: PageTokens): string {
  const { words, path } = frame
  const { summary, consent } = subject
  const { firstSeen, lastSeen, days, traits, rejected } = summary
  const seen = [
    [words.firstSeen, firstSeen],
    [words.lastSeen, lastSeen],
  ] as const
  const facts = seen.flatMap(([name, time]) => (time === undefined ? [] : [[name, dayOf(time)] as const]))
  const told = Object.entries(traits).map(
    ([name, value]) => [own(words.traits, name) ?? plain(name), traitText(words, value)] as const,
  )
  return renderPage(frame, words.title, [
    `<p class="lead">${escapeHtml(words.intro)}</p>`,
    section(words.allowed, renderConsent(words, consent)),
    section(words.actions, renderList(facts) + renderDays(words, days)),
    told.length === 0 ? '' : section(words.told, renderList(told)),
    rejected === 0 ? '' : `<section>${paragraph(words.rejected.replace('{count}', `${rejected}`))}</section>`,
    `<section><h2>${escapeHtml(words.download)}</h2>${paragraph(words.downloadWhy)}
<form method="post" action="${escapeHtml(path)}/download">${hidden(tokens.download)}<button>${escapeHtml(words.download)}</button></form></section>`,
    `<section class="warn"><h2>${escapeHtml(words.erase)}</h2>${paragraph(words.eraseWhy)}
<form method="post" action="${escapeHtml(path)}/erase">${hidden(tokens.erase)}<label><input type="checkbox" name="sure" value="yes" required><span>${escapeHtml(words.eraseSure)}</span></label><button>${escapeHtml(words.erase)}</button></form></section>`,
  ])
}

/** Writes a page that says one thing. `again` shows the way back to the buttons. */
export function renderNotice(frame: PageFrame, title: string, text: string, again = false): string {
  const link = again ? `<p><a href="${escapeHtml(frame.path)}">${escapeHtml(frame.words.again)}</a></p>` : ''
  return renderPage(frame, title, [`<section role="status">${paragraph(text)}${link}</section>`])
}

function renderPage(
  { words, lang, home, nonce }: PageFrame,
  title: string,
  parts: readonly string[],
): string {
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${PAGE_STYLE}</style>
</head>
<body>
<main>
<a href="${escapeHtml(home)}">${escapeHtml(words.back)}</a>
<h1>${escapeHtml(title)}</h1>
${parts.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`
}

function renderConsent(words: MyDataWords, consent: PageSubject['consent']): string {
  const names = Object.keys(words.purposes) as NamedPurpose[]
  const granted = names.filter((purpose) => isGranted(consent, purpose))
  if (granted.length === 0) return paragraph(words.allowedNothing)
  return `<ul>${granted.map((purpose) => `<li>${escapeHtml(words.purposes[purpose])}</li>`).join('')}</ul>`
}

function renderDays(words: MyDataWords, days: readonly DaySummary[]): string {
  if (days.length === 0) return paragraph(words.nothing)
  const nameOf = (name: string): string => escapeHtml(own(words.events, name) ?? plain(name))
  const rows = days.slice(0, MOST_DAYS).map(({ day, counts }) => {
    const cells = counts.map(([name, count]) => `<span><b>${count}</b> × ${nameOf(name)}</span>`)
    return `<tr><th scope="row"><time>${day}</time></th><td>${cells.join(' ')}</td></tr>`
  })
  const head = `<thead><tr><th scope="col">${escapeHtml(words.when)}</th><th scope="col">${escapeHtml(words.what)}</th></tr></thead>`
  const left = days.length - MOST_DAYS
  const more = left > 0 ? paragraph(words.earlier.replace('{days}', `${left}`)) : ''
  return `<table>${head}<tbody>${rows.join('')}</tbody></table>${more}`
}

function renderList(entries: readonly (readonly [name: string, value: string])[]): string {
  if (entries.length === 0) return ''
  const rows = entries.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
  return `<dl>${rows.join('')}</dl>`
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${content}</section>`
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`
}

function hidden(token: string): string {
  return `<input type="hidden" name="token" value="${escapeHtml(token)}">`
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

// A name as programmers write it, as people read it.
function plain(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ')
}

function traitText(words: MyDataWords, value: PageSubject['summary']['traits'][string]): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return typeof value === 'object' ? value.join(', ') : String(value)
}

function escapeHtml(text: string): string {
  const signs: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? '')
}
