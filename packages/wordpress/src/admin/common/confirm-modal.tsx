import { Button, Modal } from '@wordpress/components'
import { __ } from '@wordpress/i18n'
import type { ReactElement, ReactNode } from 'react'

interface ConfirmProps {
  readonly title: string
  /** What the button that does it says. */
  readonly action: string
  readonly isDestructive?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}

/** Asks before something is done that cannot be taken back easily. */
export function ConfirmModal({
  title,
  action,
  isDestructive = false,
  onConfirm,
  onCancel,
  children,
}: ConfirmProps): ReactElement {
  return (
    <Modal title={title} size="medium" onRequestClose={onCancel}>
      {children}
      <div className="attune-buttons">
        <Button variant="primary" isDestructive={isDestructive} onClick={onConfirm}>
          {action}
        </Button>
        <Button variant="tertiary" onClick={onCancel}>
          {__('Cancel', 'attune')}
        </Button>
      </div>
    </Modal>
  )
}
