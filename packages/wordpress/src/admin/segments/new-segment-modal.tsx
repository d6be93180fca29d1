import { Button, Modal, TextControl } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { PRESETS, type Preset } from '../document/presets.ts'

interface NewProps {
  /** No preset begins with nothing; an empty name is the preset's. */
  readonly onChoose: (preset: Preset | undefined, name: string) => void
  readonly onClose: () => void
}

/** Chooses what a new segment is called and begins with. */
export function NewSegmentModal({ onChoose, onClose }: NewProps): ReactElement {
  return (
    <Modal title={__('Add a segment', 'attune')} size="large" onRequestClose={onClose}>
      <NewSegment onChoose={onChoose} />
    </Modal>
  )
}

/** The name of a new segment and the presets. */
export function NewSegment({ onChoose }: Pick<NewProps, 'onChoose'>): ReactElement {
  const [name, setName] = useState('')
  return (
    <form
      className="attune-new"
      onSubmit={(event) => {
        event.preventDefault()
        onChoose(undefined, name)
      }}
    >
      <TextControl
        __nextHasNoMarginBottom
        __next40pxDefaultSize
        label={__('Name', 'attune')}
        help={__('Its key is made from it, and stays even if you rename the segment later.', 'attune')}
        value={name}
        onChange={setName}
      />
      <p>
        <Button variant="secondary" type="submit" disabled={name.trim() === ''}>
          {__('Begin with an empty segment', 'attune')}
        </Button>
      </p>
      <h2 className="attune-presets__title">{__('Or begin with one of these', 'attune')}</h2>
      <ul className="attune-presets">
        {PRESETS.map((preset) => (
          <li key={preset.key}>
            <button type="button" className="attune-preset" onClick={() => onChoose(preset, name)}>
              <strong>{preset.label()}</strong>
              <span>{preset.about()}</span>
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}
