import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useNames } from '../draft-context.ts'
import { memberEditing } from '../editing.ts'
import { ChoiceField } from '../fields/choice-field.tsx'
import type { FormProps } from './form-props.ts'

/** The visitor is in another segment. */
export function SegmentForm({ editing }: FormProps): ReactElement {
  const { segments } = useNames()
  return (
    <ChoiceField
      label={__('Segment', 'attune')}
      member={memberEditing(editing, 'segment')}
      options={segments.map(({ key, label }) => ({ value: key, label }))}
    />
  )
}

/** The visitor agreed to something. */
export function ConsentForm({ editing }: FormProps): ReactElement {
  return (
    <ChoiceField
      label={__('Agreed to', 'attune')}
      member={memberEditing(editing, 'consent')}
      options={purposeOptions()}
    />
  )
}

/** The consent purposes in the words of the WP Consent API. */
export function purposeOptions(): readonly { readonly value: string; readonly label: string }[] {
  return [
    { value: 'functional', label: __('Functional', 'attune') },
    { value: 'preferences', label: __('Preferences', 'attune') },
    { value: 'statistics-anonymous', label: __('Anonymous statistics', 'attune') },
    { value: 'statistics', label: __('Statistics', 'attune') },
    { value: 'marketing', label: __('Marketing', 'attune') },
  ]
}
