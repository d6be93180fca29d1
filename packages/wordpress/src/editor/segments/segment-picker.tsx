import { speak } from '@wordpress/a11y'
import { BaseControl, Button, ComboboxControl, Notice, Spinner } from '@wordpress/components'
import { useSelect } from '@wordpress/data'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { editorStore } from '../state/editor-store.ts'
import { deletedAmong, type Segments, segmentLabel } from './segment-words.ts'
import { useSegments } from './use-segments.ts'

interface PickerProps {
  readonly label?: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Chooses segments by searching their labels; each chosen one says in plain words who is in it. */
export function SegmentPicker({ label, chosen, onChange }: PickerProps): ReactElement {
  const segments = useSegments()
  const trouble = useSelect((select) => select(editorStore).getTrouble(), [])
  const add = (key: string | null | undefined): void => {
    if (key === null || key === undefined || key === '' || chosen.includes(key)) return
    onChange([...chosen, key])
    // translators: %s: name of a segment.
    speak(sprintf(__('%s added.', 'attune'), segmentLabel(key, segments)))
  }
  const remove = (key: string): void => {
    onChange(chosen.filter((other) => other !== key))
    // translators: %s: name of a segment.
    speak(sprintf(__('%s removed.', 'attune'), segmentLabel(key, segments)))
  }
  return (
    <div className="attune-picker">
      {trouble === undefined ? (
        <Search {...{ label, segments, chosen, add }} />
      ) : (
        <Unreachable trouble={trouble} />
      )}
      <ul className="attune-picker__chosen" aria-label={label ?? __('Chosen segments', 'attune')}>
        {chosen.map((key) => (
          <Chosen key={key} segment={key} segments={segments} onRemove={() => remove(key)} />
        ))}
      </ul>
    </div>
  )
}

interface SearchProps {
  readonly label: string | undefined
  readonly segments: Segments
  readonly chosen: readonly string[]
  readonly add: (key: string | null | undefined) => void
}

function Search({ label = __('Add a segment', 'attune'), segments, chosen, add }: SearchProps): ReactElement {
  if (segments === undefined) return <Spinner />
  if (segments.length === 0) {
    return (
      <Notice status="info" isDismissible={false}>
        {__('There are no segments yet. Create one under Attune → Segments.', 'attune')}
      </Notice>
    )
  }
  const sentences = new Map(segments.map(({ key, sentence }) => [key, sentence]))
  return (
    <ComboboxControl
      __nextHasNoMarginBottom
      __next40pxDefaultSize
      label={label}
      placeholder={__('Search segments', 'attune')}
      value={null}
      allowReset={false}
      options={segments
        .filter(({ key }) => !chosen.includes(key))
        .map((segment) => ({ value: segment.key, label: segment.label }))}
      onChange={add}
      __experimentalRenderItem={({ item }) => (
        <span className="attune-picker__option">
          {item.label}
          <small>{sentences.get(item.value)}</small>
        </span>
      )}
    />
  )
}

interface ChosenProps {
  readonly segment: string
  readonly segments: Segments
  readonly onRemove: () => void
}

function Chosen({ segment, segments, onRemove }: ChosenProps): ReactElement {
  const label = segmentLabel(segment, segments)
  const known = segments?.find(({ key }) => key === segment)
  const isDeleted = deletedAmong([segment], segments).length > 0
  return (
    <li className={isDeleted ? 'is-deleted' : undefined}>
      <span>
        <strong>{label}</strong>
        {isDeleted ? (
          <small>
            {__('It matches nobody. Remove it, or create the segment again with this key.', 'attune')}
          </small>
        ) : (
          <small>{known?.sentence}</small>
        )}
      </span>
      <Button
        size="small"
        variant="tertiary"
        // translators: %s: name of a segment.
        label={sprintf(__('Remove %s', 'attune'), label)}
        showTooltip
        onClick={onRemove}
      >
        {__('Remove', 'attune')}
      </Button>
    </li>
  )
}

function Unreachable({ trouble }: { readonly trouble: string }): ReactElement {
  return (
    <BaseControl __nextHasNoMarginBottom>
      <Notice status="warning" isDismissible={false}>
        {
          // translators: %s: what went wrong.
          sprintf(
            __('The segments could not be loaded (%s). Reload the page to try again.', 'attune'),
            trouble,
          )
        }
      </Notice>
    </BaseControl>
  )
}
