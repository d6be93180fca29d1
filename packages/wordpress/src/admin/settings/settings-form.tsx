import { speak } from '@wordpress/a11y'
import { Button, Notice } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import type { Segment } from '../../editor/segments/segment.ts'
import { useUnsavedGuard } from '../common/use-unsaved-guard.ts'
import type { SettingsAnswer } from '../server/answers.ts'
import { post, troubleOf } from '../server/ask.ts'
import { CollectorSection, ConfidentialSection, ConsentSection, KeepSection } from './data-sections.tsx'
import type { SectionProps } from './section-props.ts'
import { DeliverySection, GeoSection, SourceSection } from './site-sections.tsx'

interface FormProps {
  readonly given: SettingsAnswer
  readonly segments: readonly Segment[]
}

type Outcome =
  | { readonly is: 'idle' | 'busy' | 'saved' }
  | { readonly is: 'failed'; readonly trouble: string }

/** All settings; nothing changes before they are saved. */
export function SettingsForm({ given, segments }: FormProps): ReactElement {
  const [saved, setSaved] = useState(given)
  const [settings, setSettings] = useState(given.settings)
  const [outcome, setOutcome] = useState<Outcome>({ is: 'idle' })
  const isDirty = JSON.stringify(settings) !== JSON.stringify(saved.settings)
  useUnsavedGuard(isDirty)
  const save = (): void => {
    setOutcome({ is: 'busy' })
    post<SettingsAnswer>('settings', settings)
      .then((answer) => {
        setSaved(answer)
        setSettings(answer.settings)
        setOutcome({ is: 'saved' })
        speak(__('Settings saved.', 'attune'))
      })
      .catch((error: unknown) => {
        setOutcome({ is: 'failed', trouble: troubleOf(error) })
        speak(troubleOf(error), 'assertive')
      })
  }
  const section: SectionProps = {
    settings,
    facts: saved.facts,
    segments,
    set: (changes) => setSettings({ ...settings, ...changes }),
  }
  return (
    <form
      className="attune-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <DeliverySection {...section} />
      <ConfidentialSection {...section} />
      <ConsentSection {...section} />
      <CollectorSection {...section} />
      <KeepSection {...section} />
      <SourceSection {...section} />
      <GeoSection {...section} />
      <div className="attune-settings__foot">
        {outcome.is === 'failed' && (
          <Notice status="error" isDismissible={false} spokenMessage="">
            {outcome.trouble}
          </Notice>
        )}
        {outcome.is === 'saved' && !isDirty && (
          <Notice status="success" isDismissible={false} spokenMessage="">
            {__('Settings saved.', 'attune')}
          </Notice>
        )}
        <Button
          variant="primary"
          type="submit"
          isBusy={outcome.is === 'busy'}
          disabled={!isDirty || outcome.is === 'busy'}
        >
          {__('Save settings', 'attune')}
        </Button>
      </div>
    </form>
  )
}
