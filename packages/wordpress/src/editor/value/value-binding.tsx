import { InspectorControls } from '@wordpress/block-editor'
import type { BlockEditProps } from '@wordpress/blocks'
import { PanelBody } from '@wordpress/components'
import { createHigherOrderComponent } from '@wordpress/compose'
import { addFilter } from '@wordpress/hooks'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { wordpressGlobal } from '../wordpress/wordpress-global.ts'
import { readBinding, writeBinding } from './binding.ts'
import { ValueForm } from './value-form.tsx'

/** The blocks whose whole text may be a value, and the attribute that holds it. Others are not bound by WordPress. */
const TEXT_OF: Readonly<Record<string, string>> = {
  'core/paragraph': 'content',
  'core/heading': 'content',
  'core/button': 'text',
}

type EditProps = BlockEditProps<Readonly<Record<string, unknown>>>

/** Lets the whole text of a block be a value of the visit, by WordPress' block bindings. */
export function registerValueBinding(): void {
  addFilter(
    'editor.BlockEdit',
    'attune/value',
    createHigherOrderComponent<EditProps>(
      (Edit) => (props) => (
        <>
          <Edit {...props} />
          {props.isSelected && Object.hasOwn(TEXT_OF, props.name) ? <ValuePanel {...props} /> : undefined}
        </>
      ),
      'withAttuneValue',
    ),
  )
  showFallbacks()
}

function ValuePanel({ name, attributes, setAttributes }: EditProps): ReactElement {
  const text = TEXT_OF[name] ?? 'content'
  const bound = readBinding(attributes, text)
  return (
    <InspectorControls>
      <PanelBody title={__('Segment Value', 'attune')} initialOpen={bound !== undefined}>
        <p>
          {__(
            'The whole text is a value of the visit. For one word in a text, use the text toolbar.',
            'attune',
          )}
        </p>
        <ValueForm
          key={`${bound?.key} ${bound?.fallback}`}
          initial={bound ?? { key: 'geo.city', fallback: '' }}
          submitLabel={bound === undefined ? __('Show the value', 'attune') : __('Change', 'attune')}
          onSubmit={(value) =>
            // The text saved is the fallback: it is what feeds, mails and a site without the plugin show.
            setAttributes({ ...writeBinding(attributes, text, value), [text]: value.fallback })
          }
          {...(bound === undefined
            ? {}
            : { onRemove: () => setAttributes(writeBinding(attributes, text, undefined)) })}
        />
      </PanelBody>
    </InspectorControls>
  )
}

interface BoundBlock {
  readonly bindings: Readonly<Record<string, { readonly args?: { readonly fallback?: unknown } }>>
}

// From 6.7 on the canvas asks a source for its values; before, it shows the text that was saved, which is the fallback.
function showFallbacks(): void {
  const { registerBlockBindingsSource, getBlockBindingsSource } = wordpressGlobal('blocks')
  if (registerBlockBindingsSource === undefined) return
  registerBlockBindingsSource({
    name: 'attune/value',
    // The server's label stands; a second one is complained of.
    ...(getBlockBindingsSource?.('attune/value') === undefined
      ? { label: __('Segment Value', 'attune') }
      : {}),
    getValues: ({ bindings }: BoundBlock) =>
      Object.fromEntries(Object.entries(bindings).map(([name, { args }]) => [name, args?.fallback])),
  })
}
