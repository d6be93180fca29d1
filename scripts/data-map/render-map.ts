import { NOBODY, type StoredField, type StoredPlace } from './stored-place.ts'

const HEADER =
  '<!-- Made by `npm run data-map` from scripts/data-map. A test compares it with what there really is: do not edit it here. -->'

const WHOM = { visitor: 'a visitor', staff: 'staff', nobody: 'nobody' } as const

/** The data map: every place, every field. */
export function renderMap(places: readonly StoredPlace[]): string {
  return `# Data map

${HEADER}

Everything that Attune keeps, wherever it keeps it. *Erased* says where what is kept of one visitor is found: whatever erases goes there.
An empty cell says the same as stands above the table; of what tells of nobody nothing has to be erased. In short, by activity:
[record of processing](record-of-processing.md). What is cleaned before it is kept: [Privacy](../guide/privacy.md).

${places.map(renderPlace).join('\n')}`
}

function renderPlace(place: StoredPlace): string {
  const { title, where, about, purpose, retention, erase, fields } = place
  return `## ${title}

${where}

Tells of ${WHOM[about]}. **Purpose:** ${purpose}. **Kept:** ${retention}. **Erased:** ${erase}.

| Field | Holds | Purpose | Kept | Erased |
|---|---|---|---|---|
${fields.map((field) => renderField(place, field)).join('\n')}
`
}

function renderField(place: StoredPlace, field: StoredField): string {
  const { name, holds, purpose = '', retention = '', about = place.about } = field
  const erase = field.erase ?? (about === place.about ? '' : about === 'nobody' ? NOBODY.erase : '')
  const cells = [`\`${name}\``, holds, purpose, retention, erase].map((cell) =>
    cell === '' ? '' : ` ${cell} `,
  )
  return `|${cells.join('|')}|`
}
