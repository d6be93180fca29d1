import { Button, Notice } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __, _n, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { ConfirmModal } from '../common/confirm-modal.tsx'
import { download } from '../common/download.ts'
import type { KeptRuleset } from '../server/answers.ts'
import { ProblemList } from './problem-list.tsx'
import type { Draft } from './use-draft.ts'
import { usePublish } from './use-publish.ts'

interface BarProps {
  readonly draft: Draft
  readonly kept: KeptRuleset
  readonly onPublished: () => void
}

/** Says how the draft differs from what is in force, and publishes it. */
export function PublishBar({ draft, kept, onPublished }: BarProps): ReactElement {
  const { state, publish, isBusy, forget } = usePublish(draft, kept, onPublished)
  const [asks, setAsks] = useState<'warnings' | 'discard' | undefined>(undefined)
  const problems = draft.problems ?? []
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  return (
    <div className="attune-publish">
      {state.is === 'done' && !draft.isDirty && (
        <Notice status="success" spokenMessage="" onRemove={forget}>
          {
            // translators: %s: name of a revision.
            sprintf(__('Published as revision %s. It is in force now.', 'attune'), state.revision)
          }
        </Notice>
      )}
      {draft.trouble !== '' && (
        <Notice status="error" isDismissible={false}>
          {sprintf(
            // translators: %s: what went wrong.
            __(
              'The checker could not be loaded, so nothing can be published: %s. Reload the page.',
              'attune',
            ),
            draft.trouble,
          )}
        </Notice>
      )}
      {state.is === 'failed' && <Failure {...{ state, draft, onReload: onPublished }} />}
      {draft.isDirty && (
        <section className="attune-publish__bar" aria-label={__('Unpublished changes', 'attune')}>
          <p>
            <strong>{__('There are changes that are not published.', 'attune')}</strong>{' '}
            {counts(errors.length, warnings.length)}
          </p>
          <div className="attune-buttons">
            <Button
              variant="primary"
              isBusy={isBusy}
              disabled={draft.problems === undefined || errors.length > 0 || isBusy}
              onClick={() => (warnings.length > 0 ? setAsks('warnings') : publish())}
            >
              {__('Publish', 'attune')}
            </Button>
            <Button variant="tertiary" onClick={() => setAsks('discard')}>
              {__('Discard changes', 'attune')}
            </Button>
          </div>
          {errors.length > 0 && <ProblemList problems={errors} document={draft.document} />}
        </section>
      )}
      {asks === 'warnings' && (
        <ConfirmModal
          title={__('Publish in spite of the warnings?', 'attune')}
          action={__('Publish', 'attune')}
          onCancel={() => setAsks(undefined)}
          onConfirm={() => {
            setAsks(undefined)
            publish()
          }}
        >
          <ProblemList problems={warnings} document={draft.document} />
        </ConfirmModal>
      )}
      {asks === 'discard' && (
        <ConfirmModal
          title={__('Discard all changes?', 'attune')}
          action={__('Discard changes', 'attune')}
          isDestructive
          onCancel={() => setAsks(undefined)}
          onConfirm={() => {
            setAsks(undefined)
            draft.discard()
          }}
        >
          <p>{__('The draft becomes what is published. This cannot be taken back.', 'attune')}</p>
        </ConfirmModal>
      )}
    </div>
  )
}

interface FailureProps {
  readonly state: { readonly trouble: string; readonly conflict: boolean }
  readonly draft: Draft
  readonly onReload: () => void
}

function Failure({ state, draft, onReload }: FailureProps): ReactElement {
  const save = {
    label: __('Save my draft as a file', 'attune'),
    onClick: () => download('attune-draft.json', JSON.stringify(draft.document, null, 2)),
  }
  const load = { label: __('Load the segments again', 'attune'), onClick: onReload }
  return (
    <Notice
      status="error"
      isDismissible={false}
      spokenMessage=""
      actions={state.conflict ? [save, load] : [save]}
    >
      {
        // translators: %s: what went wrong.
        sprintf(__('Not published: %s', 'attune'), state.trouble)
      }
    </Notice>
  )
}

function counts(errors: number, warnings: number): string {
  const said = [
    // translators: %d: number of errors.
    errors === 0
      ? ''
      : sprintf(
          _n(
            '%d error keeps it from being published.',
            '%d errors keep it from being published.',
            errors,
            'attune',
          ),
          errors,
        ),
    // translators: %d: number of warnings.
    warnings === 0 ? '' : sprintf(_n('%d warning.', '%d warnings.', warnings, 'attune'), warnings),
  ]
  return said.filter((words) => words !== '').join(' ')
}
