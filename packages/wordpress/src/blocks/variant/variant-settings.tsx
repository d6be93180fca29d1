import { InspectorControls } from '@wordpress/block-editor'
import { Notice, PanelBody, RangeControl, TextControl } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { MomentControl } from '../../editor/moment-control.tsx'
import { MatchControl } from '../../editor/segments/match-control.tsx'
import { SegmentPicker } from '../../editor/segments/segment-picker.tsx'
import { readShow } from '../../editor/segments/show.ts'
import { toKey } from '../adaptive/adaptive.ts'
import { percent, restShare } from '../adaptive/shares.ts'
import type { Placement } from '../adaptive/use-variants.ts'
import type { VariantAttributes } from './variant.ts'
import { whoSees } from './variant-words.ts'

interface SettingsProps {
  readonly clientId: string
  readonly attributes: VariantAttributes
  readonly setAttributes: (attributes: Partial<VariantAttributes>) => void
  readonly placement: Placement
}

/** The sidebar of a variant: who sees it and when. */
export function VariantSettings({
  clientId,
  attributes,
  setAttributes,
  placement,
}: SettingsProps): ReactElement {
  const isExperiment = placement.attributes.strategy === 'experiment'
  const place = placement.variants.findIndex((variant) => variant.clientId === clientId) + 1
  const { isDefault, segments, match, label, key } = attributes
  return (
    <>
      <InspectorControls>
        <PanelBody title={__('Who sees this variant', 'attune')} className="attune-panel">
          <p>{whoSees(attributes, place, isExperiment)}</p>
          {isExperiment ? <Share {...{ attributes, setAttributes, placement }} /> : undefined}
          {isDefault ? undefined : (
            <>
              <MatchControl
                label={isExperiment ? __('Only among (optional)', 'attune') : __('Audience', 'attune')}
                value={readShow(match)}
                onChange={(value) => setAttributes({ match: value })}
              />
              <SegmentPicker chosen={segments} onChange={(chosen) => setAttributes({ segments: chosen })} />
            </>
          )}
          <TextControl
            __nextHasNoMarginBottom
            __next40pxDefaultSize
            label={__('Label', 'attune')}
            help={__('Only editors see it.', 'attune')}
            value={label}
            onChange={(value) => setAttributes({ label: value })}
          />
        </PanelBody>
        {isDefault ? undefined : <Schedule attributes={attributes} setAttributes={setAttributes} />}
      </InspectorControls>
      <InspectorControls group="advanced">
        <TextControl
          __nextHasNoMarginBottom
          __next40pxDefaultSize
          label={__('Variant key', 'attune')}
          help={__(
            'Names the variant in reports and rulesets. Reports begin anew when it changes.',
            'attune',
          )}
          value={key}
          onChange={(value) => setAttributes({ key: toKey(value) })}
        />
      </InspectorControls>
    </>
  )
}

type PartProps = Pick<SettingsProps, 'attributes' | 'setAttributes'>

function Schedule({ attributes: { from, until, segments }, setAttributes }: PartProps): ReactElement {
  const isScheduled = from !== '' || until !== ''
  return (
    <PanelBody title={__('Schedule', 'attune')} initialOpen={isScheduled} className="attune-panel">
      <MomentControl
        label={__('Show from', 'attune')}
        value={from}
        onChange={(value) => setAttributes({ from: value })}
      />
      <MomentControl
        label={__('Show until', 'attune')}
        help={
          segments.length === 0
            ? __('Without segments everybody sees this variant within these times.', 'attune')
            : __('Times of the site. Both ends may be left open.', 'attune')
        }
        value={until}
        onChange={(value) => setAttributes({ until: value })}
      />
      {isScheduled && from !== '' && until !== '' && Date.parse(until) <= Date.parse(from) ? (
        <Notice status="warning" isDismissible={false}>
          {__('The end is not after the beginning: nobody will see this variant.', 'attune')}
        </Notice>
      ) : undefined}
    </PanelBody>
  )
}

function Share({
  attributes,
  setAttributes,
  placement,
}: PartProps & Pick<SettingsProps, 'placement'>): ReactElement {
  const tested = placement.variants.filter(({ isDefault }) => !isDefault)
  const rest = percent(restShare(tested.map(({ share }) => share ?? 0)))
  if (attributes.isDefault) {
    return (
      <p>
        {
          // translators: %s: a share such as "50 %".
          sprintf(__('Share of visitors: what the others leave, now %s.', 'attune'), rest)
        }
      </p>
    )
  }
  return (
    <RangeControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={__('Share of visitors in per cent', 'attune')}
      // translators: %s: a share such as "50 %".
      help={sprintf(__('The default gets what is left, now %s.', 'attune'), rest)}
      min={0}
      max={100}
      value={Math.round((attributes.share ?? 0) * 10_000) / 100}
      onChange={(value) => setAttributes({ share: (value ?? 0) / 100 })}
    />
  )
}
