import { BlockControls, InspectorControls, useBlockEditingMode } from '@wordpress/block-editor'
import type { BlockEditProps } from '@wordpress/blocks'
import { Dropdown, PanelBody, ToolbarButton, ToolbarGroup } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { audienceIcon } from '../icons.tsx'
import { audienceWords } from '../segments/segment-words.ts'
import { useSegments } from '../segments/use-segments.ts'
import { readAudience, writeAudience } from './audience.ts'
import { AudienceFields } from './audience-fields.tsx'
import { useInherited } from './use-inherited.ts'

type AnyAttributes = Readonly<Record<string, unknown>>

/** The Audience row in the settings of a selected block, and a sign in its toolbar when not everybody sees it. */
export function AudienceControls({
  clientId,
  attributes,
  setAttributes,
}: Pick<BlockEditProps<AnyAttributes>, 'clientId' | 'attributes' | 'setAttributes'>): ReactElement | null {
  const mode = useBlockEditingMode()
  const segments = useSegments()
  const inherited = useInherited(clientId)
  const audience = readAudience(attributes)
  if (mode !== 'default') return null
  const fields = (
    <AudienceFields
      audience={audience}
      inherited={inherited}
      onChange={(changed) => setAttributes(writeAudience(attributes, changed))}
    />
  )
  return (
    <>
      <InspectorControls>
        <PanelBody title={__('Audience', 'attune')} initialOpen={audience !== undefined}>
          {fields}
        </PanelBody>
      </InspectorControls>
      {audience === undefined ? undefined : (
        <BlockControls group="other">
          <ToolbarGroup>
            <Dropdown
              popoverProps={{ placement: 'bottom-start' }}
              renderToggle={({ isOpen, onToggle }) => (
                <ToolbarButton
                  icon={audienceIcon}
                  isActive
                  aria-expanded={isOpen}
                  // translators: %s: who sees a block, such as "VIP or Returning".
                  label={sprintf(
                    __('Audience: %s', 'attune'),
                    audienceWords(audience.show, audience.segments, segments),
                  )}
                  onClick={onToggle}
                />
              )}
              renderContent={() => <div className="attune-popover">{fields}</div>}
            />
          </ToolbarGroup>
        </BlockControls>
      )}
    </>
  )
}
