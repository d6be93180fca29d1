import { Button, PanelBody, Spinner } from '@wordpress/components'
import { useDispatch, useSelect } from '@wordpress/data'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { segmentLabel } from '../segments/segment-words.ts'
import { useSegments } from '../segments/use-segments.ts'
import { editorStore } from '../state/editor-store.ts'
import { SiteLink } from './site-link.tsx'
import { useAnswers } from './use-answers.ts'
import { PersonaControl, ViewFields } from './view-fields.tsx'

/** Looks at the page with a visitor's eyes. Nothing of it is saved. */
export function ViewPanel(): ReactElement {
  const view = useSelect((select) => select(editorStore).getView(), [])
  const { viewAs } = useDispatch(editorStore)
  // Before the ruleset is there, nobody is in anything.
  const isReady = useSelect((select) => select(editorStore).hasFinishedResolution('getRuleset', []), [])
  return (
    <PanelBody className="attune-panel">
      <p>
        {__(
          'See this page as one of your visitors does. Choose somebody to begin with, then their segments, country and time. Nothing is saved.',
          'attune',
        )}
      </p>
      <PersonaControl view={view} onChange={viewAs} />
      {view === undefined ? undefined : (
        <>
          <ViewFields view={view} onChange={viewAs} />
          {isReady ? <Membership /> : <Spinner />}
          <div className="attune-actions">
            {isReady ? <SiteLink /> : undefined}
            <Button variant="tertiary" onClick={() => viewAs(undefined)} __next40pxDefaultSize>
              {__('Stop', 'attune')}
            </Button>
          </div>
        </>
      )}
    </PanelBody>
  )
}

function Membership(): ReactElement {
  const answers = useAnswers()?.answers ?? {}
  const segments = useSegments()
  const labels = Object.keys(answers)
    .filter((key) => answers[key] === true)
    .map((key) => segmentLabel(key, segments))
  return (
    <p aria-live="polite">
      {labels.length === 0
        ? __('This visitor is in none of your segments.', 'attune')
        : // translators: %s: names of segments.
          sprintf(__('This visitor is in: %s.', 'attune'), labels.join(', '))}
    </p>
  )
}
