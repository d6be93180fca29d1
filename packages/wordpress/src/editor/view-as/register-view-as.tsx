import { dispatch, type NoticesActions, select, subscribe } from '@wordpress/data'
import { __ } from '@wordpress/i18n'
import { registerPlugin } from '@wordpress/plugins'
import type { ReactElement } from 'react'
import { viewIcon } from '../icons.tsx'
import { editorStore } from '../state/editor-store.ts'
import { pluginSlot } from '../wordpress/wordpress-global.ts'
import { ViewPanel } from './view-panel.tsx'

const SIDEBAR = 'attune-view-as'

/** Puts View as behind a button in the editor's header and into its menu. Editors without such places go without. */
export function registerViewAs(): void {
  registerPlugin('attune-view-as', { icon: viewIcon, render: ViewSidebar })
  subscribe(keepReminder(dispatch('core/notices')))
}

function ViewSidebar(): ReactElement | null {
  const PluginSidebar = pluginSlot('PluginSidebar')
  const MoreMenuItem = pluginSlot('PluginSidebarMoreMenuItem')
  if (PluginSidebar === undefined) return null
  const title = __('View as', 'attune')
  return (
    <>
      <PluginSidebar name={SIDEBAR} title={title} icon={viewIcon}>
        <ViewPanel />
      </PluginSidebar>
      {MoreMenuItem === undefined ? undefined : (
        <MoreMenuItem target={SIDEBAR} icon={viewIcon}>
          {title}
        </MoreMenuItem>
      )}
    </>
  )
}

const REMINDER = 'attune-view-as'

/** Says for as long as it lasts that the canvas does not show everything; else an author looks for lost blocks. */
function keepReminder({ createNotice, removeNotice }: NoticesActions): () => void {
  let isShown = false
  return () => {
    const isViewing = select(editorStore).getView() !== undefined
    if (isViewing === isShown) return
    isShown = isViewing
    if (!isViewing) return removeNotice(REMINDER)
    const stop = { label: __('Stop', 'attune'), onClick: () => dispatch(editorStore).viewAs(undefined) }
    createNotice(
      'info',
      __('You see this page as a visitor does. Blocks they do not see are faded.', 'attune'),
      {
        id: REMINDER,
        isDismissible: false,
        actions: [stop],
      },
    )
  }
}
