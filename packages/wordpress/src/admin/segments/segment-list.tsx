import { Button, SearchControl } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __, _n, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { TableHead } from '../common/table-head.tsx'
import { type ListedSegment, SegmentRow } from './segment-row.tsx'
import { UsageModal } from './usage-modal.tsx'

interface ListProps {
  readonly segments: readonly ListedSegment[]
  /** Undefined where nothing can be changed. */
  readonly onNew?: (() => void) | undefined
  readonly onRemove?: ((key: string) => void) | undefined
  readonly onDuplicate?: ((key: string) => void) | undefined
}

/** All segments, to be searched, with what they mean and where they are used. */
export function SegmentList({ segments, onNew, ...row }: ListProps): ReactElement {
  const [wanted, setWanted] = useState('')
  const [shown, setShown] = useState<ListedSegment | undefined>(undefined)
  const found = segments.filter((segment) => isWanted(segment, wanted))
  return (
    <>
      <div className="attune-list__tools">
        <SearchControl
          __nextHasNoMarginBottom
          label={__('Search segments', 'attune')}
          placeholder={__('Search segments', 'attune')}
          value={wanted}
          onChange={setWanted}
        />
        <span aria-live="polite">
          {
            // translators: %d: number of segments.
            sprintf(_n('%d segment', '%d segments', found.length, 'attune'), found.length)
          }
        </span>
        {onNew !== undefined && (
          <Button variant="primary" onClick={onNew}>
            {__('Add a segment', 'attune')}
          </Button>
        )}
      </div>
      <table className="attune-list widefat">
        <caption className="screen-reader-text">{__('Segments', 'attune')}</caption>
        <TableHead
          columns={[
            __('Segment', 'attune'),
            __('Who is in it', 'attune'),
            __('Depends on', 'attune'),
            __('Used in', 'attune'),
          ]}
        />
        <tbody>
          {found.map((segment) => (
            <SegmentRow key={segment.key} segment={segment} onUsage={() => setShown(segment)} {...row} />
          ))}
          {found.length === 0 && (
            <tr>
              <td colSpan={5}>{__('No segment has this in its name, key or meaning.', 'attune')}</td>
            </tr>
          )}
        </tbody>
      </table>
      {shown !== undefined && <UsageModal segment={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}

function isWanted({ key, label, sentence }: ListedSegment, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/)
  const text = `${key} ${label} ${sentence}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
