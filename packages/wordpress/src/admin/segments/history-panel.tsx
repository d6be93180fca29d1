import { speak } from '@wordpress/a11y'
import { Button, Notice, Spinner } from '@wordpress/components'
import { useCallback, useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { ConfirmModal } from '../common/confirm-modal.tsx'
import { momentWords } from '../common/moment-words.ts'
import { TableHead } from '../common/table-head.tsx'
import { useAnswer } from '../common/use-answer.ts'
import type { HistoryEntry, Publication } from '../server/answers.ts'
import { get, post, troubleOf } from '../server/ask.ts'

interface HistoryProps {
  /** There are changes that a restore would throw away. */
  readonly isDirty: boolean
  /** False where the ruleset comes from another site. */
  readonly canRestore: boolean
  readonly onRestored: () => void
}

/** What was published before, and the way back to it. */
export function HistoryPanel({ isDirty, canRestore, onRestored }: HistoryProps): ReactElement {
  const ask = useCallback(() => get<readonly HistoryEntry[]>('history'), [])
  const { answer, trouble, reload } = useAnswer(ask)
  const [chosen, setChosen] = useState<HistoryEntry | undefined>(undefined)
  const [failure, setFailure] = useState('')
  const restore = ({ id }: HistoryEntry): void => {
    setChosen(undefined)
    post<Publication>(`history/${id}/restore`)
      .then(({ revision }) => {
        // translators: %s: name of a revision.
        speak(sprintf(__('Revision %s is in force again.', 'attune'), revision))
        setFailure('')
        reload()
        onRestored()
      })
      .catch((error: unknown) => setFailure(troubleOf(error)))
  }
  if (answer === undefined && trouble === '') return <Spinner />
  return (
    <>
      {[trouble, failure].filter(Boolean).map((message) => (
        <Notice key={message} status="error" isDismissible={false}>
          {message}
        </Notice>
      ))}
      {answer?.length === 0 && <p>{__('Nothing was published yet.', 'attune')}</p>}
      {answer !== undefined && answer.length > 0 && (
        <HistoryTable entries={answer} onRestore={canRestore ? setChosen : undefined} />
      )}
      {chosen !== undefined && (
        <ConfirmModal
          // translators: %s: name of a revision.
          title={sprintf(__('Bring back revision %s?', 'attune'), chosen.revision)}
          action={__('Restore', 'attune')}
          isDestructive={isDirty}
          onConfirm={() => restore(chosen)}
          onCancel={() => setChosen(undefined)}
        >
          <p>{__('It is published again as it was, and is in force for everybody at once.', 'attune')}</p>
          {isDirty && <p>{__('Your unpublished changes are lost.', 'attune')}</p>}
        </ConfirmModal>
      )}
    </>
  )
}

interface TableProps {
  readonly entries: readonly HistoryEntry[]
  readonly onRestore: ((entry: HistoryEntry) => void) | undefined
}

function HistoryTable({ entries, onRestore }: TableProps): ReactElement {
  return (
    <table className="attune-list widefat">
      <caption className="screen-reader-text">{__('Published revisions', 'attune')}</caption>
      <TableHead columns={[__('Revision', 'attune'), __('Published', 'attune'), __('By', 'attune')]} />
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">
              <code>{entry.revision}</code>
            </th>
            <td data-label={__('Published', 'attune')}>{momentWords(entry.published)}</td>
            <td data-label={__('By', 'attune')}>{entry.author === '' ? '–' : entry.author}</td>
            <td>
              {entry.in_force ? (
                <span className="attune-flag">{__('In force', 'attune')}</span>
              ) : (
                onRestore !== undefined && (
                  <Button
                    variant="secondary"
                    size="small"
                    // translators: %s: name of a revision.
                    label={sprintf(__('Restore revision %s', 'attune'), entry.revision)}
                    showTooltip={false}
                    onClick={() => onRestore(entry)}
                  >
                    {__('Restore', 'attune')}
                  </Button>
                )
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
