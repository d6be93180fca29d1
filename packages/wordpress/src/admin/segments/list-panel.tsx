import { useState } from '@wordpress/element'
import { __, _n, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { ConfirmModal } from '../common/confirm-modal.tsx'
import { goTo } from '../common/use-route.ts'
import { freeKey, withNew, withoutSegment, withSegment } from '../document/edit-segments.ts'
import { isJsonObject, memberOf, objectIn, textIn, withMember } from '../document/json-at.ts'
import type { Preset } from '../document/presets.ts'
import type { InForce } from './ask-ruleset.ts'
import { listedSegments, publishedSegments } from './listed-segments.ts'
import { NewSegment, NewSegmentModal } from './new-segment-modal.tsx'
import { SegmentList } from './segment-list.tsx'
import type { ListedSegment } from './segment-row.tsx'
import type { Draft } from './use-draft.ts'

interface ListProps {
  readonly draft: Draft
  readonly inForce: InForce
  readonly isEditable: boolean
}

/** The list of segments and what is done with whole ones. */
export function ListPanel({ draft, inForce, isEditable }: ListProps): ReactElement {
  const [isAdding, setIsAdding] = useState(false)
  const [removing, setRemoving] = useState<ListedSegment | undefined>(undefined)
  const segments = isEditable ? listedSegments(draft, inForce.segments) : publishedSegments(inForce.segments)
  const add = (preset: Preset | undefined, name: string): void => {
    const made = withNew(draft.document, preset, name)
    setIsAdding(false)
    draft.edit(made.document)
    goTo('segment', made.key)
  }
  if (!isEditable) return <SegmentList segments={segments} />
  if (segments.length === 0) return <First onChoose={add} />
  return (
    <>
      <SegmentList
        segments={segments}
        onNew={() => setIsAdding(true)}
        onRemove={(key) => setRemoving(segments.find((segment) => segment.key === key))}
        onDuplicate={(key) => duplicate(draft, key)}
      />
      {isAdding && <NewSegmentModal onChoose={add} onClose={() => setIsAdding(false)} />}
      {removing !== undefined && (
        <RemoveModal
          segment={removing}
          onClose={() => setRemoving(undefined)}
          onRemove={() => {
            setRemoving(undefined)
            draft.edit(withoutSegment(draft.document, removing.key))
          }}
        />
      )}
    </>
  )
}

function First({
  onChoose,
}: {
  readonly onChoose: (preset: Preset | undefined, name: string) => void
}): ReactElement {
  return (
    <>
      <p className="attune-first">
        {__(
          'A segment is a group of visitors that content can be shown to. Editors choose it in the Adaptive Content block and as the audience of any block.',
          'attune',
        )}
      </p>
      <NewSegment onChoose={onChoose} />
    </>
  )
}

interface RemoveProps {
  readonly segment: ListedSegment
  readonly onRemove: () => void
  readonly onClose: () => void
}

function RemoveModal({ segment: { label, usage }, onRemove, onClose }: RemoveProps): ReactElement {
  return (
    <ConfirmModal
      // translators: %s: name of a segment.
      title={sprintf(__('Delete “%s”?', 'attune'), label)}
      action={__('Delete', 'attune')}
      isDestructive
      onConfirm={onRemove}
      onCancel={onClose}
    >
      <p>{__('It goes when you publish. Until then you can discard the change.', 'attune')}</p>
      {usage > 0 && (
        <p>
          <strong>
            {sprintf(
              // translators: %d: number of posts.
              _n(
                '%d post uses it: there it will match nobody, and defaults are shown.',
                '%d posts use it: there it will match nobody, and defaults are shown.',
                usage,
                'attune',
              ),
              usage,
            )}
          </strong>
        </p>
      )}
    </ConfirmModal>
  )
}

function duplicate(draft: Draft, key: string): void {
  const segment = memberOf(objectIn(draft.document, 'segments'), key)
  if (!isJsonObject(segment)) return
  const copy = freeKey(draft.document, key)
  // translators: %s: name of a segment.
  const label = sprintf(__('%s (copy)', 'attune'), textIn(segment, 'label') || key)
  draft.edit(withSegment(draft.document, copy, withMember(segment, 'label', label)))
  goTo('segment', copy)
}
