import { Notice, Spinner } from '@wordpress/components'
import { useCallback } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { readSegments, type Segment } from '../../editor/segments/segment.ts'
import { useAnswer } from '../common/use-answer.ts'
import type { SettingsAnswer } from '../server/answers.ts'
import { get } from '../server/ask.ts'
import { SettingsForm } from './settings-form.tsx'

/** The screen Attune → Settings. */
export function SettingsScreen(): ReactElement {
  const ask = useCallback(askSettings, [])
  const { answer, trouble } = useAnswer(ask)
  return (
    <>
      <h1>{__('Attune settings', 'attune')}</h1>
      {trouble !== '' && (
        <Notice status="error" isDismissible={false}>
          {trouble}
        </Notice>
      )}
      {answer === undefined ? trouble === '' && <Spinner /> : <SettingsForm {...answer} />}
    </>
  )
}

interface Asked {
  readonly given: SettingsAnswer
  readonly segments: readonly Segment[]
}

async function askSettings(): Promise<Asked> {
  const [given, segments] = await Promise.all([get<SettingsAnswer>('settings'), get<unknown>('segments')])
  return { given, segments: readSegments(segments) }
}
