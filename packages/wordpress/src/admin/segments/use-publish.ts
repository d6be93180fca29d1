import { speak } from '@wordpress/a11y'
import { useState } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import { nextRevision } from '../document/next-revision.ts'
import type { KeptRuleset, Publication } from '../server/answers.ts'
import { post, statusOf, troubleOf } from '../server/ask.ts'
import type { Draft } from './use-draft.ts'

/** How publishing went. */
export type PublishState =
  | { readonly is: 'idle' | 'busy' }
  | { readonly is: 'done'; readonly revision: string; readonly hash: string }
  /** `conflict`: somebody else published in the meantime. */
  | { readonly is: 'failed'; readonly trouble: string; readonly conflict: boolean }

const CONFLICT = 409

/** Publishes a draft: checks and prepares it here, and has the server put it in force. */
export function usePublish(
  draft: Draft,
  kept: KeptRuleset,
  onPublished: () => void,
): {
  readonly state: PublishState
  readonly publish: () => void
  readonly isBusy: boolean
  readonly forget: () => void
} {
  const [state, setState] = useState<PublishState>({ is: 'idle' })
  const fail = (trouble: string, conflict = false): void => {
    setState({ is: 'failed', trouble, conflict })
    speak(trouble, 'assertive')
  }
  // Until what was published is loaded again, the draft is still compared with what was there before.
  const isBusy = state.is === 'busy' || (state.is === 'done' && state.hash !== kept.hash && draft.isDirty)
  const publish = (): void => {
    const { engine } = draft
    if (engine === undefined || isBusy) return
    const prepared = engine.prepareDraft(draft.document, nextRevision(kept.revision, Date.now()))
    if (!prepared.ok)
      return fail(__('The draft has errors. Mend them first; they are listed above.', 'attune'))
    setState({ is: 'busy' })
    post<Publication>('document', { ...prepared.value, base: kept.hash ?? '' })
      .then(({ revision, hash }) => {
        setState({ is: 'done', revision, hash })
        // translators: %s: name of a revision.
        speak(sprintf(__('Published as revision %s.', 'attune'), revision))
        onPublished()
      })
      .catch((error: unknown) => fail(troubleOf(error), statusOf(error) === CONFLICT))
  }
  return { state, publish, isBusy, forget: () => setState({ is: 'idle' }) }
}
