import { RichTextToolbarButton } from '@wordpress/block-editor'
import { Popover } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import {
  applyFormat,
  create,
  type FormatEditProps,
  type FormatSettings,
  insert,
  registerFormatType,
  slice,
  useAnchor,
} from '@wordpress/rich-text'
import type { ReactElement } from 'react'
import { valueIcon } from '../icons.tsx'
import { formatRange } from './format-range.ts'
import { type SegmentValue, ValueForm } from './value-form.tsx'

const NAME = 'attune/value'

const SETTINGS: Omit<FormatSettings, 'title' | 'edit'> = {
  tagName: 'span',
  className: 'attune-value',
  attributes: { key: 'data-attune-key' },
}

/** Makes Segment Value a format of rich text: a value of the visit within a sentence. */
export function registerValueFormat(): void {
  registerFormatType(NAME, { ...SETTINGS, title: __('Segment Value', 'attune'), edit: EditValue })
}

function EditValue(props: FormatEditProps): ReactElement {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <RichTextToolbarButton
        icon={valueIcon}
        title={__('Segment Value', 'attune')}
        isActive={props.isActive}
        onClick={() => setOpen(true)}
      />
      {isOpen ? <ValuePopover {...props} close={() => setOpen(false)} /> : undefined}
    </>
  )
}

function ValuePopover({
  isActive,
  activeAttributes,
  value,
  contentRef,
  onChange,
  onFocus,
  close,
}: FormatEditProps & { readonly close: () => void }): ReactElement {
  const anchor = useAnchor({
    editableContentElement: contentRef.current,
    settings: { ...SETTINGS, isActive },
  })
  const [start, end] = formatRange(value, NAME)
  const finish = (text: string, key: string | undefined): void => {
    const plain = create({ text })
    const replaced =
      key === undefined ? plain : applyFormat(plain, { type: NAME, attributes: { key } }, 0, text.length)
    onChange(insert(value, replaced, start, end))
    close()
    onFocus()
  }
  const initial: SegmentValue = {
    key: activeAttributes.key ?? 'geo.city',
    fallback: slice(value, start, end).text,
  }
  return (
    <Popover anchor={anchor} placement="bottom" focusOnMount="firstElement" onClose={close}>
      <div className="attune-popover">
        <ValueForm
          initial={initial}
          submitLabel={isActive ? __('Change', 'attune') : __('Insert', 'attune')}
          onSubmit={({ key, fallback }) => finish(fallback, key)}
          {...(isActive ? { onRemove: () => finish(initial.fallback, undefined) } : {})}
        />
      </div>
    </Popover>
  )
}
