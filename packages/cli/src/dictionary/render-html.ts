import { printable } from '../terminal/style.ts'
import type { Dictionary, EventEntry, SegmentEntry } from './build-dictionary.ts'
import { PURPOSE_WORDS } from './purpose-words.ts'
import { ANYBODY, SOURCES_WORDS } from './sources-words.ts'
import { DICTIONARY_STYLE } from './style.ts'
import type { TraitEntry } from './trait-entry.ts'

/** Writes a dictionary as one page that needs nothing else. */
export function renderHtml({ revision, retention, events, traits, segments }: Dictionary): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Data dictionary · ${escapeHtml(revision)}</title>
<style>${DICTIONARY_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>Data dictionary</h1>
<p class="soft">Revision ${escapeHtml(revision)}. Events are kept for ${escapeHtml(retention.events)}, profiles for ${escapeHtml(retention.profile)} after the last one.</p>
<nav aria-label="Events"><ul>
${events.map(({ name }) => `<li><a href="#event-${escapeHtml(name)}">${escapeHtml(name)}</a></li>`).join('\n')}
</ul></nav>
</header>
<h2>Events</h2>
${events.map(renderEvent).join('\n')}
${renderTraits(traits)}
${renderSegments(segments)}
</main>
</body>
</html>
`
}

function renderEvent({ name, purpose, remarks, properties, usedBy, example }: EventEntry): string {
  // Most events hold their properties to nothing.
  const holds = properties.some((property) => property.remarks.length > 0)
  const rows = properties.map(
    (property) =>
      `<tr><th scope="row"><code>${escapeHtml(property.name)}</code></th><td>${property.type}</td>${
        holds ? `<td>${escapeHtml(property.remarks.join(', '))}</td>` : ''
      }<td><code>${escapeHtml(property.example)}</code></td></tr>`,
  )
  const head = ['Property', 'Type', ...(holds ? ['Holds'] : []), 'Example']
  const caption = `Properties of ${name}`
  return [
    `<article id="event-${escapeHtml(name)}">`,
    `<h3>${escapeHtml(name)}</h3>`,
    ...(remarks.length === 0 ? [] : [`<p>${escapeHtml(remarks.join(' '))}</p>`]),
    '<dl>',
    `<dt>Consent</dt><dd>${consent(purpose)}</dd>`,
    `<dt>Used by</dt><dd>${escapeHtml(usersOf(usedBy))}</dd>`,
    '</dl>',
    ...(rows.length === 0 ? [] : [table(caption, head, rows)]),
    `<pre tabindex="0" aria-label="Example of ${escapeHtml(name)}">${escapeHtml(example)}</pre>`,
    '</article>',
  ].join('\n')
}

function renderTraits(traits: readonly TraitEntry[]): string {
  if (traits.length === 0) return ''
  const rows = traits.map(
    ({ name, type, purpose, sources, usedBy, example }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${type}</td><td>${consent(purpose)}</td><td>${escapeHtml(
        sources.length === 0 ? ANYBODY : sources.join(', '),
      )}</td><td>${escapeHtml(usersOf(usedBy))}</td><td><code>${escapeHtml(JSON.stringify(example))}</code></td></tr>`,
  )
  const head = ['Name', 'Type', 'Consent', 'Told by', 'Used by', 'Example']
  return `<h2>Traits</h2>\n<article><p>${escapeHtml(SOURCES_WORDS)}</p>${table('Traits', head, rows)}</article>`
}

function renderSegments(segments: readonly SegmentEntry[]): string {
  if (segments.length === 0) return ''
  const rows = segments.map(
    ({ key, label = '', sentence }) =>
      `<tr><th scope="row"><code>${escapeHtml(key)}</code></th><td>${escapeHtml(label)}</td><td>${escapeHtml(sentence)}</td></tr>`,
  )
  return `<h2>Segments</h2>\n<article>${table('Segments', ['Key', 'Name', 'Who is in it'], rows)}</article>`
}

function usersOf(usedBy: readonly string[]): string {
  return usedBy.length === 0 ? 'nothing yet' : usedBy.join(', ')
}

function table(caption: string, head: readonly string[], rows: readonly string[]): string {
  // What scrolls can be reached by keyboard, and says what it is.
  return `<div class="wide" role="region" tabindex="0" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${head
    .map((name) => `<th scope="col">${name}</th>`)
    .join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`
}

function consent(purpose: EventEntry['purpose']): string {
  return `<code>${purpose}</code> <span class="soft">${PURPOSE_WORDS[purpose]}</span>`
}

// A dictionary's examples have lines of their own; any other control character is shown, not obeyed.
function escapeHtml(text: string): string {
  const lines = text.split('\n').map(printable).join('\n')
  return lines.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
