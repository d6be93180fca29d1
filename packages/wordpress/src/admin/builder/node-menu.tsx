import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { ActionsMenu, type MenuEntry } from '../common/actions-menu.tsx'

/** What can be done with a condition where it stands; what is missing cannot. */
export interface NodeActions {
  readonly onUp?: () => void
  readonly onDown?: () => void
  readonly onDuplicate?: () => void
  readonly onWrap?: () => void
  readonly onUnwrap?: () => void
  readonly onRemove?: () => void
  readonly onJson?: () => void
}

interface MenuProps {
  /** What the condition is called. */
  readonly label: string
  readonly actions: NodeActions
  readonly asJson: boolean
}

/** The menu of a condition. */
export function NodeMenu({ label, actions, asJson }: MenuProps): ReactElement | null {
  const entries = entriesOf(actions, asJson)
  if (entries.length === 0) return null
  // translators: %s: kind of condition.
  return <ActionsMenu label={sprintf(__('Actions: %s', 'attune'), label)} entries={entries} />
}

function entriesOf(actions: NodeActions, asJson: boolean): readonly MenuEntry[] {
  const entries: readonly (readonly [string, (() => void) | undefined])[] = [
    [__('Move up', 'attune'), actions.onUp],
    [__('Move down', 'attune'), actions.onDown],
    [__('Duplicate', 'attune'), actions.onDuplicate],
    [__('Put into a group', 'attune'), actions.onWrap],
    [__('Dissolve the group', 'attune'), actions.onUnwrap],
    [asJson ? __('Edit in the form', 'attune') : __('Edit as JSON', 'attune'), actions.onJson],
    [__('Remove', 'attune'), actions.onRemove],
  ]
  return entries.flatMap(([text, act]) =>
    act === undefined ? [] : [{ text, act, isDestructive: act === actions.onRemove }],
  )
}
