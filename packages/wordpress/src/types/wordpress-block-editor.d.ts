// What this plugin uses of `@wordpress/block-editor`, which ships no types, as WordPress 6.5 has it.
declare module '@wordpress/block-editor' {
  import type { InnerTemplate } from '@wordpress/blocks'
  import type { ComponentPropsWithRef, ComponentType, ReactNode } from 'react'

  type ElementProps = ComponentPropsWithRef<'div'>

  export interface InnerBlocksOptions {
    readonly allowedBlocks?: readonly string[]
    readonly template?: InnerTemplate
    readonly templateLock?: false | 'all' | 'insert' | 'contentOnly'
    readonly renderAppender?: false | ComponentType
    readonly orientation?: 'horizontal' | 'vertical'
    readonly layout?: { readonly type: 'constrained' | 'default'; readonly alignments?: readonly string[] }
  }

  export const useBlockProps: (
    props?: ElementProps & { readonly [data: `data-${string}`]: unknown },
  ) => ElementProps
  export function useInnerBlocksProps(props: ElementProps, options?: InnerBlocksOptions): ElementProps
  export function useBlockEditingMode(): 'default' | 'contentOnly' | 'disabled'

  export const InnerBlocks: {
    readonly Content: ComponentType
    readonly ButtonBlockAppender: ComponentType
    readonly DefaultBlockAppender: ComponentType
  }

  export const BlockControls: ComponentType<{
    readonly group?: 'default' | 'block' | 'inline' | 'other' | 'parent'
    /** Shows the controls beside those of a selected child too. */
    readonly __experimentalShareWithChildBlocks?: boolean
    readonly children: ReactNode
  }>
  export const InspectorControls: ComponentType<{
    readonly group?: 'default' | 'settings' | 'styles' | 'advanced'
    readonly children: ReactNode
  }>
  export const BlockSettingsMenuControls: ComponentType<{
    readonly children: (props: {
      readonly selectedClientIds: readonly string[]
      readonly onClose: () => void
    }) => ReactNode
  }>
  export const RichTextToolbarButton: ComponentType<{
    readonly icon: ReactNode
    readonly title: string
    readonly isActive?: boolean
    readonly onClick: () => void
  }>
  export const Warning: ComponentType<{
    readonly children: ReactNode
    readonly actions?: readonly ReactNode[]
  }>
}
