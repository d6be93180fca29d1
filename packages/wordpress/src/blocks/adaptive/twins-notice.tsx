import { Notice } from '@wordpress/components'
import { __, _n, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { type Twins, useTwins } from './use-twins.ts'

/** Says when other posts have a placement's id, and who decides then. */
export function TwinsNotice(props: {
  readonly clientId: string
  readonly placementId: string
}): ReactElement | null {
  const twins = useTwins(props.clientId, props.placementId)
  if (twins === undefined || twins.posts.length + twins.others === 0) return null
  return (
    <Notice status="warning" isDismissible={false}>
      <p>{whereElse(props.placementId, twins)}</p>
      <p>{whoDecides(twins)}</p>
      <ul>
        {twins.posts.map(({ title, edit }) => (
          <li key={edit}>
            <a href={edit}>{title === '' ? __('(no title)', 'attune') : title}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function whereElse(id: string, { posts, others }: Twins): string {
  const count = posts.length + others
  return sprintf(
    // translators: 1: id of a placement, 2: number of posts.
    _n(
      '%2$d other post has a placement with the ID “%1$s”.',
      '%2$d other posts have a placement with the ID “%1$s”.',
      count,
      'attune',
    ),
    id,
    count,
  )
}

function whoDecides({ isTaken, isFirst }: Twins): string {
  if (isTaken)
    return __(
      'You may not edit it, so fronts elsewhere show the default here. Choose another ID under Advanced.',
      'attune',
    )
  return isFirst
    ? __('This post is the oldest: fronts elsewhere decide by it.', 'attune')
    : __('Fronts elsewhere decide by the oldest of them. Choose another ID under Advanced.', 'attune')
}
