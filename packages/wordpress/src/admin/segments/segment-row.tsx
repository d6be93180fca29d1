import { Button } from '@wordpress/components'
import { __, _n, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import type { SegmentScope } from '../../editor/segments/segment.ts'
import { ActionsMenu } from '../common/actions-menu.tsx'
import { goTo, routeTo } from '../common/use-route.ts'

/** A segment of the draft, or of the ruleset in force, as the list shows it. */
export interface ListedSegment {
  readonly key: string
  readonly label: string
  readonly sentence: string
  /** Undefined before it is published. */
  readonly scope: SegmentScope | undefined
  readonly confidential: boolean
  readonly usage: number
  readonly state: 'published' | 'changed' | 'new'
  readonly errors: number
}

interface RowProps {
  readonly segment: ListedSegment
  readonly onUsage: () => void
  readonly onRemove?: ((key: string) => void) | undefined
  readonly onDuplicate?: ((key: string) => void) | undefined
}

/** One segment. */
export function SegmentRow({ segment, onUsage, onRemove, onDuplicate }: RowProps): ReactElement {
  const { key, label, sentence, scope, usage } = segment
  return (
    <tr>
      <th scope="row">
        {onRemove === undefined ? <strong>{label}</strong> : <a href={routeTo('segment', key)}>{label}</a>}
        <code>{key}</code>
        <Flags segment={segment} />
      </th>
      <td data-label={__('Who is in it', 'attune')}>{sentence === '' ? '–' : sentence}</td>
      <td data-label={__('Depends on', 'attune')}>
        {scope === undefined ? __('known after publishing', 'attune') : <Scope scope={scope} />}
      </td>
      <td data-label={__('Used in', 'attune')}>
        {scope === undefined ? '–' : <Used {...{ label, usage, onUsage }} />}
      </td>
      <td className="attune-list__actions">
        {onRemove !== undefined && <RowMenu {...{ segment, onRemove, onDuplicate }} />}
      </td>
    </tr>
  )
}

interface UsedProps {
  readonly label: string
  readonly usage: number
  readonly onUsage: () => void
}

function Used({ label, usage, onUsage }: UsedProps): ReactElement {
  // translators: %d: number of posts.
  const posts =
    usage === 0 ? __('no post', 'attune') : sprintf(_n('%d post', '%d posts', usage, 'attune'), usage)
  // translators: 1: number of posts, 2: name of a segment.
  const where = sprintf(__('%1$s: where %2$s is used', 'attune'), posts, label)
  return (
    <Button variant="link" label={where} showTooltip={false} onClick={onUsage}>
      {posts}
    </Button>
  )
}

function RowMenu({
  segment: { key, label },
  onRemove,
  onDuplicate,
}: Omit<RowProps, 'onUsage'>): ReactElement {
  const entries = [
    { text: __('Edit', 'attune'), act: () => goTo('segment', key), isDestructive: false },
    { text: __('Duplicate', 'attune'), act: () => onDuplicate?.(key), isDestructive: false },
    { text: __('Delete', 'attune'), act: () => onRemove?.(key), isDestructive: true },
  ]
  // translators: %s: name of a segment.
  return <ActionsMenu label={sprintf(__('Actions for %s', 'attune'), label)} entries={entries} />
}

function Flags({
  segment: { state, confidential, errors },
}: {
  readonly segment: ListedSegment
}): ReactElement {
  return (
    <span className="attune-flags">
      {state === 'new' && <span className="attune-flag">{__('Not published yet', 'attune')}</span>}
      {state === 'changed' && <span className="attune-flag">{__('Changed', 'attune')}</span>}
      {errors > 0 && <span className="attune-flag is-error">{__('Has errors', 'attune')}</span>}
      {confidential && (
        <span className="attune-flag" title={__('Its variants never stand in a page’s source.', 'attune')}>
          {__('Confidential', 'attune')}
        </span>
      )}
    </span>
  )
}

function Scope({ scope }: { readonly scope: SegmentScope }): ReactElement {
  const words = {
    static: [__('page and time', 'attune'), __('The same for everybody; any cache may keep it.', 'attune')],
    coarse: [__('the visit', 'attune'), __('Country, device, campaign and the like.', 'attune')],
    private: [__('the visitor', 'attune'), __('What this visitor did, or facts about them.', 'attune')],
  }[scope]
  return <span title={words[1]}>{words[0]}</span>
}
