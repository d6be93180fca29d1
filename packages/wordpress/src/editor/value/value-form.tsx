import { Button, SelectControl, TextControl } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { FormEvent, ReactElement } from 'react'
import { customKey, customName, valueKeys } from './value-keys.ts'

/** A value and what stands in its place for whom it is not known. */
export interface SegmentValue {
  readonly key: string
  readonly fallback: string
}

interface FormProps {
  readonly initial: SegmentValue
  readonly submitLabel: string
  readonly onSubmit: (value: SegmentValue) => void
  /** Offers to take the value away again. */
  readonly onRemove?: () => void
}

/** Chooses a value; it cannot be placed without a fallback. */
export function ValueForm({ initial, submitLabel, onSubmit, onRemove }: FormProps): ReactElement {
  const [key, setKey] = useState(initial.key)
  const [fallback, setFallback] = useState(initial.fallback)
  const name = customName(key)
  const isComplete = fallback.trim() !== '' && name !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isComplete) onSubmit({ key, fallback: fallback.trim() })
  }
  return (
    <form className="attune-panel" onSubmit={submit}>
      <SelectControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Value', 'attune')}
        value={name === undefined ? key : 'custom'}
        options={[
          ...valueKeys().map((known) => ({ value: known.key, label: known.label })),
          { value: 'custom', label: __('A value of this site…', 'attune') },
        ]}
        onChange={(chosen) => setKey(chosen === 'custom' ? customKey('') : chosen)}
      />
      {name === undefined ? undefined : (
        <TextControl
          __nextHasNoMarginBottom
          __next40pxDefaultSize
          label={__('Its name', 'attune')}
          help={__('As it is registered with attune_register_signal().', 'attune')}
          value={name}
          onChange={(text) => setKey(customKey(text))}
        />
      )}
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        required
        label={__('Fallback (required)', 'attune')}
        help={__('Shown to everyone whose value is not known, such as “your area”.', 'attune')}
        value={fallback}
        onChange={setFallback}
      />
      <div className="attune-modal-actions">
        {onRemove === undefined ? undefined : (
          <Button variant="tertiary" isDestructive onClick={onRemove} __next40pxDefaultSize>
            {__('Remove', 'attune')}
          </Button>
        )}
        <Button variant="primary" type="submit" disabled={!isComplete} __next40pxDefaultSize>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
