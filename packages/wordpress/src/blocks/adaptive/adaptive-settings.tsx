import { InspectorControls } from '@wordpress/block-editor'
import { Button, Notice, PanelBody, SelectControl, TextControl } from '@wordpress/components'
import { useDispatch } from '@wordpress/data'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useSegments } from '../../editor/segments/use-segments.ts'
import { VariantSettings } from '../variant/variant-settings.tsx'
import { variantTitle } from '../variant/variant-words.ts'
import { type AdaptiveAttributes, type Delivery, toKey } from './adaptive.ts'
import { deliveryOptions, deliveryWords } from './delivery-words.ts'
import { evenShares } from './shares.ts'
import { TwinsNotice } from './twins-notice.tsx'
import { useVariantActions } from './use-variant-actions.ts'
import { defaultOf, type Placement } from './use-variants.ts'

/** The sidebar of an Adaptive Content block, with the settings of the variant that lies open. */
export function AdaptiveSettings({ placement }: { readonly placement: Placement }): ReactElement {
  const { updateBlockAttributes } = useDispatch('core/block-editor')
  const { attributes, clientId, open } = placement
  const set = (changes: Partial<AdaptiveAttributes>): void => updateBlockAttributes(clientId, changes)
  return (
    <>
      <InspectorControls>
        <PanelBody title={__('Variants', 'attune')} className="attune-panel">
          <TwinsNotice clientId={clientId} placementId={attributes.placementId} />
          <VariantList {...placement} />
        </PanelBody>
      </InspectorControls>
      {open === undefined ? undefined : (
        <VariantSettings
          clientId={open.clientId}
          attributes={open}
          setAttributes={(changes) => updateBlockAttributes(open.clientId, changes)}
          placement={placement}
        />
      )}
      <InspectorControls>
        <PlacementPanel placement={placement} set={set} />
      </InspectorControls>
      <InspectorControls group="advanced">
        <TextControl
          __nextHasNoMarginBottom
          __next40pxDefaultSize
          label={__('Placement ID', 'attune')}
          help={__(
            'A placement of the ruleset with this ID decides instead of the audiences here.',
            'attune',
          )}
          value={attributes.placementId}
          onChange={(value) => set({ placementId: toKey(value) })}
        />
      </InspectorControls>
    </>
  )
}

function VariantList(placement: Placement): ReactElement {
  const segments = useSegments()
  const { open } = useVariantActions(placement)
  const { updateBlockAttributes } = useDispatch('core/block-editor')
  const last = placement.variants.at(-1)
  return (
    <>
      <p>{__('The first variant whose audience a visitor belongs to is shown.', 'attune')}</p>
      <ol className="attune-variants">
        {placement.variants.map((variant, at) => (
          <li key={variant.clientId}>
            <span className="attune-variants__place">{variant.isDefault ? '' : `${at + 1}.`}</span>
            <Button
              variant={variant.clientId === placement.open?.clientId ? 'secondary' : 'tertiary'}
              aria-pressed={variant.clientId === placement.open?.clientId}
              size="compact"
              onClick={() => open(variant.clientId)}
            >
              <span>{variantTitle(variant, segments)}</span>
            </Button>
          </li>
        ))}
      </ol>
      {defaultOf(placement.variants) === undefined && last !== undefined ? (
        <Notice
          status="warning"
          isDismissible={false}
          actions={[
            {
              label: __('Make the last variant the default', 'attune'),
              onClick: () => updateBlockAttributes(last.clientId, { isDefault: true, segments: [] }),
            },
          ]}
        >
          {__('There is no default: most visitors see nothing here.', 'attune')}
        </Notice>
      ) : undefined}
    </>
  )
}

function Strategy({ placement }: { readonly placement: Placement }): ReactElement {
  const { updateBlockAttributes } = useDispatch('core/block-editor')
  const choose = (strategy: string): void => {
    updateBlockAttributes(placement.clientId, { strategy })
    if (strategy !== 'experiment') return
    const tested = placement.variants.filter(({ isDefault }) => !isDefault)
    if (tested.some(({ share }) => share !== undefined)) return
    for (const { clientId } of tested) updateBlockAttributes(clientId, { share: evenShares(tested.length) })
  }
  return (
    <SelectControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={__('Who decides', 'attune')}
      value={placement.attributes.strategy}
      options={[
        { value: 'first-match', label: __('The audience', 'attune') },
        { value: 'experiment', label: __('Chance (A/B test)', 'attune') },
      ]}
      onChange={choose}
    />
  )
}

interface PanelProps {
  readonly placement: Placement
  readonly set: (changes: Partial<AdaptiveAttributes>) => void
}

function PlacementPanel({ placement, set }: PanelProps): ReactElement {
  const { attributes } = placement
  const segments = useSegments()
  return (
    <PanelBody title={__('This placement', 'attune')} initialOpen={false} className="attune-panel">
      <Strategy placement={placement} />
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Label', 'attune')}
        help={__('What this place on the page is called in lists and reports.', 'attune')}
        value={attributes.label}
        onChange={(label) => set({ label })}
      />
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Delivery', 'attune')}
        help={deliveryWords(placement, segments ?? [])}
        value={attributes.delivery}
        options={deliveryOptions()}
        // The options are all there is to choose from.
        onChange={(delivery) => set({ delivery: delivery as Delivery })}
      />
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Reserved height', 'attune')}
        help={__('Kept free until the content is there, such as 12rem, so that nothing moves.', 'attune')}
        value={attributes.reserve}
        onChange={(reserve) => set({ reserve })}
      />
    </PanelBody>
  )
}
