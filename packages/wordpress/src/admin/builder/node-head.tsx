import { Button } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { type NodeActions, NodeMenu } from './node-menu.tsx'

interface HeadProps {
  readonly label: string
  readonly isDenied: boolean
  readonly canDeny: boolean
  readonly onDeny: (deny: boolean) => void
  readonly actions: NodeActions
  readonly asJson: boolean
}

/** The line above a condition: what kind it is, whether it is denied, and what can be done with it. */
export function NodeHead({ label, isDenied, canDeny, onDeny, actions, asJson }: HeadProps): ReactElement {
  return (
    <div className="attune-node__head">
      {canDeny && (
        <Button
          size="small"
          variant="secondary"
          aria-pressed={isDenied}
          className="attune-node__not"
          onClick={() => onDeny(!isDenied)}
        >
          {__('not', 'attune')}
        </Button>
      )}
      <span className="attune-node__label">{label}</span>
      <NodeMenu label={label} actions={actions} asJson={asJson} />
    </div>
  )
}
