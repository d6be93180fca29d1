import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import type { Editing } from './editing.ts'
import { NodeFindings } from './findings.tsx'
import { formOf } from './form-of.ts'
import { GroupEditor } from './group-editor.tsx'
import { deniedBy, groupOf } from './groups.ts'
import { type FormedKind, formedKindOf } from './kinds.ts'
import { NodeHead } from './node-head.tsx'
import type { NodeActions } from './node-menu.tsx'
import { RawEditor } from './raw-editor.tsx'

interface ConditionProps {
  readonly editing: Editing
  readonly actions?: NodeActions
  /** How deep it stands; the root is 1. */
  readonly depth?: number
}

/** Edits a condition and all below it. What no form can show whole is shown as JSON. */
export function ConditionEditor({ editing, actions = {}, depth = 1 }: ConditionProps): ReactElement {
  const [asJson, setAsJson] = useState(false)
  const denied = deniedBy(editing.node)
  const inner: Editing =
    denied === undefined
      ? editing
      : { node: denied, path: `${editing.path}.not`, replace: (node) => editing.replace({ not: node }) }
  const group = groupOf(inner.node)
  const kind = formedKindOf(inner.node)
  const isPlain = group === undefined && kind === undefined
  const label =
    group === undefined ? (kind?.label() ?? __('Condition in JSON', 'attune')) : __('Group', 'attune')
  return (
    <div className={`attune-node${group === undefined ? '' : ' is-group'}`} tabIndex={-1}>
      <NodeHead
        label={label}
        isDenied={denied !== undefined}
        onDeny={(deny) => editing.replace(deny ? { not: editing.node } : inner.node)}
        actions={{ ...actions, ...(isPlain ? {} : { onJson: () => setAsJson(!asJson) }) }}
        asJson={asJson || isPlain}
        canDeny={!asJson}
      />
      {asJson || isPlain ? (
        <RawEditor editing={asJson ? editing : inner} />
      ) : group === undefined ? (
        <Leaf editing={inner} kind={kind!} />
      ) : (
        <GroupEditor
          editing={inner}
          group={group}
          depth={depth}
          child={(child, its) => <ConditionEditor editing={child} actions={its} depth={depth + 1} />}
        />
      )}
    </div>
  )
}

function Leaf({ editing, kind }: { readonly editing: Editing; readonly kind: FormedKind }): ReactElement {
  const Form = formOf(kind)
  const shown = Object.keys(editing.node).map((member) => `${editing.path}.${member}`)
  return (
    <div className="attune-fields">
      <Form editing={editing} />
      <NodeFindings path={editing.path} shown={shown} />
    </div>
  )
}
