import type { BlockEditProps, BlockTypeSettings } from '@wordpress/blocks'
import { createHigherOrderComponent } from '@wordpress/compose'
import { select } from '@wordpress/data'
import { addFilter } from '@wordpress/hooks'
import { _x, sprintf } from '@wordpress/i18n'
import { ADAPTIVE } from '../../blocks/adaptive/adaptive.ts'
import { VARIANT } from '../../blocks/variant/variant.ts'
import { audienceWords } from '../segments/segment-words.ts'
import { editorStore } from '../state/editor-store.ts'
import { readAudience } from './audience.ts'
import { AudienceControls } from './audience-controls.tsx'
import { useHidden } from './use-hidden.ts'

// These say who sees what by themselves.
const OWN: readonly string[] = [ADAPTIVE, VARIANT]

/** Gives blocks of every other type the Audience row. */
export function registerAudience(): void {
  addFilter('editor.BlockEdit', 'attune/audience', addControls)
  addFilter('editor.BlockListBlock', 'attune/audience', addVeil)
  addFilter('blocks.registerBlockType', 'attune/audience', addLabel)
}

type EditProps = BlockEditProps<Readonly<Record<string, unknown>>>

const addControls = createHigherOrderComponent<EditProps>(
  (Edit) => (props) => (
    <>
      <Edit {...props} />
      {props.isSelected && !OWN.includes(props.name) ? <AudienceControls {...props} /> : undefined}
    </>
  ),
  'withAttuneAudience',
)

interface ListBlockProps {
  readonly clientId: string
  readonly wrapperProps?: Readonly<Record<string, unknown>>
}

const addVeil = createHigherOrderComponent<ListBlockProps>(
  (ListBlock) => (props) => {
    const hidden = useHidden(props.clientId)
    if (hidden === undefined) return <ListBlock {...props} />
    return <ListBlock {...props} wrapperProps={{ ...props.wrapperProps, 'data-attune-hidden': hidden }} />
  },
  'withAttuneVeil',
)

/** In the list view a block that not everybody sees says who does. */
export function addLabel(settings: BlockTypeSettings, name: string): BlockTypeSettings {
  if (OWN.includes(name)) return settings
  return {
    ...settings,
    __experimentalLabel: (attributes, details) => {
      const label = settings.__experimentalLabel?.(attributes, details)
      const audience = details.context === 'list-view' ? readAudience(attributes) : undefined
      if (audience === undefined) return label
      const who = audienceWords(audience.show, audience.segments, select(editorStore).getSegments())
      // translators: 1: name of a block, 2: who sees it.
      return sprintf(
        _x('%1$s · %2$s', 'block and audience', 'attune'),
        label || (settings.title ?? name),
        who,
      )
    },
  }
}
