// What this plugin uses of `@wordpress/blocks`, as WordPress 6.5 has it.
declare module '@wordpress/blocks' {
  import type { ComponentType, ReactNode } from 'react'

  export interface BlockInstance {
    readonly clientId: string
    readonly name: string
    readonly isValid: boolean
    readonly attributes: Readonly<Record<string, unknown>>
    readonly innerBlocks: readonly BlockInstance[]
  }

  export interface BlockEditProps<Attributes> {
    readonly clientId: string
    readonly name: string
    readonly isSelected: boolean
    readonly attributes: Attributes
    readonly setAttributes: (
      attributes: { readonly [K in keyof Attributes]?: Attributes[K] | undefined },
    ) => void
    readonly context: Readonly<Record<string, unknown>>
  }

  export type InnerTemplate = readonly (readonly [string, object?, InnerTemplate?])[]

  export interface BlockVariation {
    readonly name: string
    readonly title: string
    readonly description?: string
    readonly category?: string
    readonly icon?: ReactNode
    readonly keywords?: readonly string[]
    readonly isDefault?: boolean
    readonly attributes?: object
    readonly innerBlocks?: InnerTemplate
    readonly scope?: readonly ('inserter' | 'block' | 'transform')[]
    readonly isActive?: (attributes: never) => boolean
  }

  export interface BlockTransform {
    readonly type: 'block'
    readonly blocks: readonly string[]
    readonly isMultiBlock?: boolean
    readonly isMatch?: (attributes: never, blocks: BlockInstance | readonly BlockInstance[]) => boolean
    readonly transform?: (...args: never[]) => BlockInstance | readonly BlockInstance[]
    /** Unlike `transform` it is handed whole blocks; the only way to wrap blocks of any type. */
    readonly __experimentalConvert?: (
      blocks: BlockInstance | readonly BlockInstance[],
    ) => BlockInstance | readonly BlockInstance[]
  }

  export interface BlockTypeSettings {
    readonly name?: string
    readonly title?: string
    readonly icon?: ReactNode | { readonly src: ReactNode }
    readonly edit?: ComponentType<never>
    readonly save?: ComponentType<never>
    readonly variations?: readonly BlockVariation[]
    readonly transforms?: {
      readonly from?: readonly BlockTransform[]
      readonly to?: readonly BlockTransform[]
    }
    readonly __experimentalLabel?: (
      attributes: Readonly<Record<string, unknown>>,
      details: { readonly context: string },
    ) => string | undefined
    readonly [setting: string]: unknown
  }

  export function registerBlockType(metadata: object, settings: BlockTypeSettings): void
  export function getBlockType(name: string): BlockTypeSettings | undefined
  export function registerBlockVariation(blockName: string, variation: BlockVariation): void
  export function registerBlockBindingsSource(source: object): void
  export function createBlock(
    name: string,
    attributes?: object,
    innerBlocks?: readonly BlockInstance[],
  ): BlockInstance
  export function cloneBlock(block: BlockInstance, attributes?: object): BlockInstance
  export function createBlocksFromInnerBlocksTemplate(template: InnerTemplate): readonly BlockInstance[]
}
