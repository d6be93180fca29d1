import { ExternalLink, Modal, Notice, Spinner } from '@wordpress/components'
import { useCallback } from '@wordpress/element'
import { __, _n, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useAnswer } from '../common/use-answer.ts'
import type { Usage, UsingPost } from '../server/answers.ts'
import { get } from '../server/ask.ts'
import type { ListedSegment } from './segment-row.tsx'

interface UsageProps {
  readonly segment: Pick<ListedSegment, 'key' | 'label'>
  readonly onClose: () => void
}

/** Where a segment is used. */
export function UsageModal({ segment: { key, label }, onClose }: UsageProps): ReactElement {
  const ask = useCallback(() => get<Usage>(`usage/${encodeURIComponent(key)}`), [key])
  const { answer, trouble } = useAnswer(ask)
  return (
    // translators: %s: name of a segment.
    <Modal title={sprintf(__('Where “%s” is used', 'attune'), label)} size="medium" onRequestClose={onClose}>
      {trouble !== '' && (
        <Notice status="error" isDismissible={false}>
          {trouble}
        </Notice>
      )}
      {answer === undefined ? trouble === '' && <Spinner /> : <Uses usage={answer} />}
    </Modal>
  )
}

function Uses({ usage: { posts, others, experiences } }: { readonly usage: Usage }): ReactElement {
  if (posts.length + others + experiences.length === 0)
    return (
      <p>
        {__(
          'Nothing uses it yet. Choose it in an Adaptive Content block, or as the audience of any block.',
          'attune',
        )}
      </p>
    )
  return (
    <>
      {posts.length > 0 && (
        <ul className="attune-uses">
          {posts.map((post) => (
            <Use key={post.id} post={post} />
          ))}
        </ul>
      )}
      {others > 0 && (
        <p>
          {
            // translators: %d: number of posts.
            sprintf(
              _n(
                'And %d post that you may not edit.',
                'And %d posts that you may not edit.',
                others,
                'attune',
              ),
              others,
            )
          }
        </p>
      )}
      {experiences.length > 0 && (
        <p>
          {__('Experiences and segments of the ruleset:', 'attune')} {experiences.join(', ')}
        </p>
      )}
    </>
  )
}

function Use({ post: { title, type, status, edit, view } }: { readonly post: UsingPost }): ReactElement {
  const name = title === '' ? __('(no title)', 'attune') : title
  return (
    <li>
      {edit === '' ? name : <a href={edit}>{name}</a>} <small>{`${type} · ${status}`}</small>{' '}
      {view !== '' && <ExternalLink href={view}>{__('View', 'attune')}</ExternalLink>}
    </li>
  )
}
