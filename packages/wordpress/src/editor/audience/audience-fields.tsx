import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { MatchControl } from '../segments/match-control.tsx'
import { SegmentPicker } from '../segments/segment-picker.tsx'
import { readShow } from '../segments/show.ts'
import type { Audience } from './audience.ts'

interface FieldsProps {
  readonly audience: Audience | undefined
  /** Who gets as far as this block at all, in words; undefined when everybody does. */
  readonly inherited: string | undefined
  readonly onChange: (audience: Audience | undefined) => void
}

/** Chooses who sees a block. */
export function AudienceFields({ audience, inherited, onChange }: FieldsProps): ReactElement {
  return (
    <div className="attune-panel">
      {inherited === undefined ? undefined : (
        <p className="attune-inherited">
          {
            // translators: %s: who sees the block around this one.
            sprintf(__('Inside: %s', 'attune'), inherited)
          }
        </p>
      )}
      <MatchControl
        label={__('Who sees this block', 'attune')}
        value={audience?.show ?? ''}
        everyone={__('Everyone', 'attune')}
        onChange={(show) =>
          onChange(show === '' ? undefined : { show: readShow(show), segments: audience?.segments ?? [] })
        }
      />
      {audience === undefined ? undefined : (
        <SegmentPicker
          chosen={audience.segments}
          onChange={(segments) => onChange({ show: audience.show, segments })}
        />
      )}
    </div>
  )
}
