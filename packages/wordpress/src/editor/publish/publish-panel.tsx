import { Button } from '@wordpress/components'
import { useDispatch, useSelect } from '@wordpress/data'
import { useMemo } from '@wordpress/element'
import { __, _n, sprintf } from '@wordpress/i18n'
import { registerPlugin } from '@wordpress/plugins'
import type { ReactElement } from 'react'
import { adaptiveIcon } from '../icons.tsx'
import { useSegments } from '../segments/use-segments.ts'
import { pluginSlot } from '../wordpress/wordpress-global.ts'
import { findTroubles } from './find-troubles.ts'

/** Says before a post is published what its visitors would stumble over. */
export function registerPublishPanel(): void {
  registerPlugin('attune-publish', { icon: adaptiveIcon, render: PublishPanel })
}

function PublishPanel(): ReactElement | null {
  const Panel = pluginSlot('PluginPrePublishPanel')
  if (Panel === undefined) return null
  return <TroublePanel Panel={Panel} />
}

type PanelType = NonNullable<ReturnType<typeof pluginSlot<'PluginPrePublishPanel'>>>

function TroublePanel({ Panel }: { readonly Panel: PanelType }): ReactElement | null {
  const segments = useSegments()
  const { selectBlock } = useDispatch('core/block-editor')
  const blocks = useSelect((select) => select('core/block-editor').getBlocks(), [])
  const troubles = useMemo(() => findTroubles(blocks, segments, Date.now()), [blocks, segments])
  if (troubles.length === 0) return null
  const title = sprintf(
    // translators: %d: how many things are wrong.
    _n('Audiences: %d warning', 'Audiences: %d warnings', troubles.length, 'attune'),
    troubles.length,
  )
  return (
    <Panel title={title} icon={adaptiveIcon} initialOpen>
      <p>{__('The post can be published all the same.', 'attune')}</p>
      <ul className="attune-troubles">
        {troubles.map(({ clientId, text }) => (
          <li key={`${clientId} ${text}`}>
            {text}{' '}
            <Button variant="link" onClick={() => selectBlock(clientId)}>
              {__('Select the block', 'attune')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
