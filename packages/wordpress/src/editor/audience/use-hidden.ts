import { useSelect } from '@wordpress/data'
import { __, sprintf } from '@wordpress/i18n'
import { audienceWords } from '../segments/segment-words.ts'
import { useSegments } from '../segments/use-segments.ts'
import { showsAudience } from '../view-as/choose-variant.ts'
import { useAnswers } from '../view-as/use-answers.ts'
import { type Audience, readAudience } from './audience.ts'

/** What a block says that the visitor would not see as whom the page is looked at; undefined for one they would. */
export function useHidden(clientId: string): string | undefined {
  const view = useAnswers()
  const segments = useSegments()
  // Kept as text, which is equal when nothing changed.
  const kept = useSelect(
    (select) => {
      if (view === undefined) return ''
      const audience = readAudience(select('core/block-editor').getBlockAttributes(clientId))
      return audience === undefined ? '' : JSON.stringify(audience)
    },
    [clientId, view],
  )
  if (view === undefined || kept === '') return undefined
  // Written by the line above.
  const { show, segments: keys } = JSON.parse(kept) as Audience
  if (showsAudience(show, keys, view.answers)) return undefined
  // translators: %s: who sees a block.
  return sprintf(__('Not shown. Audience: %s', 'attune'), audienceWords(show, keys, segments))
}
