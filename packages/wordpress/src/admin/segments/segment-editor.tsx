import { jsonPath } from '@attune/core'
import type { JsonObject } from '@attune/core/json'
import { Button, Notice, TextControl } from '@wordpress/components'
import { useEffect, useRef, useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { AddCondition } from '../builder/add-condition.tsx'
import { ConditionEditor } from '../builder/condition-editor.tsx'
import type { Editing } from '../builder/editing.ts'
import { NodeFindings } from '../builder/findings.tsx'
import { focusSoon } from '../builder/focus-soon.ts'
import { groupOf } from '../builder/groups.ts'
import { RawEditor } from '../builder/raw-editor.tsx'
import { routeTo } from '../common/use-route.ts'
import { withSegment } from '../document/edit-segments.ts'
import { isJsonObject, memberOf, objectIn, textIn, withMember } from '../document/json-at.ts'
import { begunConditionOf } from '../document/names.ts'
import type { Draft } from './use-draft.ts'

interface EditorProps {
  readonly draft: Draft
  readonly segmentKey: string
}

/** Edits one segment: its label, its condition in the builder or as JSON, and what it says. */
export function SegmentEditor({ draft, segmentKey }: EditorProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null)
  const [asJson, setAsJson] = useState(false)
  const value = memberOf(objectIn(draft.document, 'segments'), segmentKey)
  useEffect(() => heading.current?.focus(), [])
  if (!isJsonObject(value)) return <Missing segmentKey={segmentKey} />
  const editing: Editing = {
    node: value,
    path: jsonPath('$.segments', segmentKey),
    replace: (segment) => draft.edit(withSegment(draft.document, segmentKey, segment)),
  }
  const label = textIn(value, 'label')
  return (
    <div className="attune-segment">
      <p>
        <a href={routeTo()}>{__('← All segments', 'attune')}</a>
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {label || segmentKey}
      </h2>
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Name', 'attune')}
        // translators: %s: key of a segment.
        help={sprintf(
          __('What editors choose it by. Posts know it by its key, %s, which stays.', 'attune'),
          segmentKey,
        )}
        value={label}
        onChange={(text) => editing.replace(withMember(value, 'label', text === '' ? undefined : text))}
      />
      {begunConditionOf(value) !== undefined && <Sentence draft={draft} segmentKey={segmentKey} />}
      <div className="attune-segment__condition">
        <h3>{__('Who is in it', 'attune')}</h3>
        <Button variant="link" onClick={() => setAsJson(!asJson)}>
          {asJson ? __('Edit in the builder', 'attune') : __('Edit the whole segment as JSON', 'attune')}
        </Button>
      </div>
      {asJson ? <RawEditor editing={editing} rows={20} /> : <Root editing={editing} />}
      <p>
        <a href={routeTo('test', segmentKey)}>{__('Try it on the test bench', 'attune')}</a>
      </p>
    </div>
  )
}

function Root({ editing }: { readonly editing: Editing }): ReactElement {
  const root = useRef<HTMLDivElement>(null)
  const when = begunConditionOf(editing.node)
  const set = (condition: JsonObject): void => editing.replace(withMember(editing.node, 'when', condition))
  const path = `${editing.path}.when`
  const add = (condition: JsonObject): void => {
    set(when === undefined ? condition : { all: [when, condition] })
    focusSoon(() => [...(root.current?.querySelectorAll<HTMLElement>('.attune-node') ?? [])].at(-1))
  }
  return (
    <div ref={root}>
      {when !== undefined && <ConditionEditor editing={{ node: when, path, replace: set }} />}
      {when === undefined && <p>{__('Nobody is in it yet: it has no condition.', 'attune')}</p>}
      <NodeFindings path={editing.path} shown={[path, `${editing.path}.label`]} />
      {(when === undefined || groupOf(when) === undefined) && (
        <AddCondition
          onAdd={add}
          label={
            when === undefined
              ? __('Add the first condition', 'attune')
              : __('Add another condition', 'attune')
          }
        />
      )}
    </div>
  )
}

function Sentence({ draft, segmentKey }: EditorProps): ReactElement {
  const sentence = draft.sentences?.[segmentKey]
  const mistake = __('It cannot be published like this; what to mend is told where it stands.', 'attune')
  return (
    <p className="attune-sentence" aria-live="polite">
      {draft.problems === undefined ? __('Loading the checker…', 'attune') : (sentence ?? mistake)}
    </p>
  )
}

function Missing({ segmentKey }: { readonly segmentKey: string }): ReactElement {
  return (
    <Notice status="warning" isDismissible={false}>
      {
        // translators: %s: key of a segment.
        sprintf(__('There is no segment with the key %s.', 'attune'), segmentKey)
      }{' '}
      <a href={routeTo()}>{__('Show all segments', 'attune')}</a>
    </Notice>
  )
}
