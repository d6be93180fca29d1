import type { Dictionary, EventEntry } from './build-dictionary.ts'
import { PURPOSE_WORDS } from './purpose-words.ts'
import { ANYBODY, SOURCES_WORDS } from './sources-words.ts'

/** Writes a dictionary as Markdown. */
export function renderMarkdown(dictionary: Dictionary): string {
  const { revision, retention, events, traits, segments } = dictionary
  const parts = [
    '# Data dictionary',
    `Revision ${plain(revision)}. Events are kept for ${retention.events}, profiles for ${retention.profile} after the last one.`,
    '## Events',
    ...events.map(renderEvent),
    ...(traits.length === 0
      ? []
      : [
          '## Traits',
          SOURCES_WORDS,
          table(
            ['Name', 'Type', 'Consent', 'Told by', 'Used by', 'Example'],
            traits.map(({ name, type, purpose, sources, usedBy, example }) => [
              code(name),
              type,
              consent(purpose),
              sources.length === 0 ? ANYBODY : sources.map(plain).join(', '),
              usedBy.length === 0 ? 'nothing yet' : usedBy.map(plain).join(', '),
              code(JSON.stringify(example)),
            ]),
          ),
        ]),
    ...(segments.length === 0
      ? []
      : [
          '## Segments',
          table(
            ['Key', 'Name', 'Who is in it'],
            segments.map(({ key, label = '', sentence }) => [code(key), plain(label), plain(sentence)]),
          ),
        ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function renderEvent({ name, purpose, remarks, properties, usedBy, example }: EventEntry): string {
  const facts = [
    `Consent: ${consent(purpose)}.`,
    `Used by: ${usedBy.length === 0 ? 'nothing yet' : usedBy.map(plain).join(', ')}.`,
    ...remarks,
  ]
  const rows = properties.map((property) => [
    code(property.name),
    property.type,
    plain(property.remarks.join(', ')),
    code(property.example),
  ])
  return [
    `### ${code(name)}`,
    facts.join(' '),
    ...(rows.length === 0 ? [] : [table(['Property', 'Type', 'Holds', 'Example'], rows)]),
    `\`\`\`${example.startsWith('<') ? 'html' : 'js'}\n${example}\n\`\`\``,
  ].join('\n\n')
}

function consent(purpose: EventEntry['purpose']): string {
  return `${code(purpose)} (${PURPOSE_WORDS[purpose]})`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ').replaceAll('|', '\\|')}\``
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, '\\$&')
}
