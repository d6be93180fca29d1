import type { JsonObject } from '@attune/core/json'
import { Button, PanelBody } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useFindings } from '../builder/draft-context.ts'
import { NodeFindings } from '../builder/findings.tsx'
import { RawEditor } from '../builder/raw-editor.tsx'
import { objectIn, withMember } from '../document/json-at.ts'
import { SECTIONS, type Section } from './sections.ts'
import type { Draft } from './use-draft.ts'

/** Everything in the document that is no segment, as JSON. */
export function DefinitionsPanel({ draft }: { readonly draft: Draft }): ReactElement {
  return (
    <div className="attune-definitions">
      <p>
        {__(
          'What segments may ask about: events and what they carry, traits, scores, interests, funnels. Each is JSON; what is wrong is told below it.',
          'attune',
        )}
      </p>
      {SECTIONS.map((section) => (
        <SectionEditor key={section.name} section={section} draft={draft} />
      ))}
      <Rest draft={draft} />
    </div>
  )
}

function SectionEditor({
  section,
  draft,
}: {
  readonly section: Section
  readonly draft: Draft
}): ReactElement {
  const { name, label, about, example } = section
  const path = `$.${name}`
  const node = objectIn(draft.document, name)
  const count = Object.keys(node).length
  const errors = useFindings(path).length
  const set = (next: JsonObject): void =>
    draft.edit(withMember(draft.document, name, Object.keys(next).length === 0 ? undefined : next))
  return (
    // translators: 1: what is defined, 2: how many there are.
    <PanelBody title={sprintf(__('%1$s (%2$d)', 'attune'), label(), count)} initialOpen={errors > 0}>
      <p>{about()}</p>
      <RawEditor editing={{ node, path, replace: set }} label={label()} rows={Math.min(24, 4 + count * 3)} />
      {count === 0 && (
        <Button variant="secondary" size="small" onClick={() => set(example)}>
          {__('Insert an example', 'attune')}
        </Button>
      )}
    </PanelBody>
  )
}

// What is neither a section nor the segments: experiences, placements, the time zone, …
function Rest({ draft }: { readonly draft: Draft }): ReactElement {
  const apart = [...SECTIONS.map(({ name }) => name), 'segments', 'version', 'revision']
  const isApart = (name: string): boolean => apart.includes(name)
  const entries = Object.entries(draft.document)
  const node = Object.fromEntries(entries.filter(([name]) => !isApart(name)))
  const kept = Object.fromEntries(entries.filter(([name]) => isApart(name)))
  return (
    <PanelBody title={__('Time zone, retention, placements and experiences', 'attune')} initialOpen={false}>
      <p>
        {__(
          'A placement that the ruleset names here is decided by its experiences, whatever audiences its block states.',
          'attune',
        )}
      </p>
      <RawEditor
        editing={{ node, path: '$', replace: (next) => draft.edit({ ...kept, ...next }) }}
        label={__('The rest of the document', 'attune')}
        rows={16}
        tellsFindings={false}
      />
      <NodeFindings path="$" shown={apart.map((name) => `$.${name}`)} />
    </PanelBody>
  )
}
