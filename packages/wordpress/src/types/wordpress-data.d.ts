// What this plugin uses of `@wordpress/data`, as WordPress 6.5 has it.
declare module '@wordpress/data' {
  import type { BlockInstance, BlockTypeSettings, BlockVariation } from '@wordpress/blocks'

  export interface StoreDescriptor<Selectors, Actions> {
    readonly name: string
    readonly __selectors?: Selectors
    readonly __actions?: Actions
  }

  export interface Select {
    (store: 'core/block-editor'): BlockEditorSelectors
    (store: 'core/blocks'): BlocksSelectors
    /** Absent where no post is edited: in the widgets screen. */
    (store: 'core/editor'): EditorSelectors | undefined
    <S, A>(store: StoreDescriptor<S, A>): S
  }

  export interface Dispatch {
    (store: 'core/block-editor'): BlockEditorActions
    (store: 'core/notices'): NoticesActions
    <S, A>(store: StoreDescriptor<S, A>): A
  }

  export interface StoreOptions<State> {
    readonly reducer: (state: State | undefined, action: never) => State
    readonly actions: Readonly<Record<string, (...args: never[]) => unknown>>
    readonly selectors: Readonly<Record<string, (state: State, ...args: never[]) => unknown>>
    readonly resolvers?: Readonly<Record<string, (...args: never[]) => unknown>>
  }

  export function createReduxStore<State, Selectors, Actions>(
    name: string,
    options: StoreOptions<State>,
  ): StoreDescriptor<Selectors, Actions>
  export function register(store: StoreDescriptor<unknown, unknown>): void
  export const select: Select
  export const dispatch: Dispatch
  export function subscribe(listener: () => void): () => void
  export function useSelect<T>(map: (select: Select) => T, deps: readonly unknown[]): T
  export function useDispatch(store: 'core/block-editor'): BlockEditorActions
  export function useDispatch(store: 'core/notices'): NoticesActions
  export function useDispatch<S, A>(store: StoreDescriptor<S, A>): A
  export function useRegistry(): { readonly batch: (work: () => void) => void; readonly select: Select }

  /** What this plugin asks of `core/block-editor`. */
  export interface BlockEditorSelectors {
    readonly getBlock: (clientId: string) => BlockInstance | null
    readonly getBlocks: (rootClientId?: string) => readonly BlockInstance[]
    readonly getBlocksByName?: (name: string | readonly string[]) => readonly string[]
    readonly getBlockName: (clientId: string) => string | null
    readonly getBlockAttributes: (clientId: string) => Readonly<Record<string, unknown>> | null
    readonly getBlockOrder: (rootClientId?: string) => readonly string[]
    readonly getBlockParents: (clientId: string, ascending?: boolean) => readonly string[]
    readonly getBlockRootClientId: (clientId: string) => string | null
    readonly getClientIdsWithDescendants: () => readonly string[]
    readonly getSelectedBlockClientId: () => string | null
    readonly getSelectedBlockClientIds: () => readonly string[]
    readonly isBlockSelected: (clientId: string) => boolean
    readonly hasSelectedInnerBlock: (clientId: string, deep?: boolean) => boolean
    readonly canRemoveBlock: (clientId: string) => boolean
  }

  /** What this plugin does through `core/block-editor`. */
  export interface BlockEditorActions {
    readonly insertBlock: (block: BlockInstance, index?: number, root?: string, select?: boolean) => void
    readonly removeBlock: (clientId: string, selectPrevious?: boolean) => void
    readonly replaceBlock: (clientId: string, blocks: readonly BlockInstance[]) => void
    readonly replaceInnerBlocks: (root: string, blocks: readonly BlockInstance[]) => void
    readonly moveBlockToPosition: (clientId: string, from: string, to: string, index: number) => void
    /** A position of `null` leaves the focus where it is. */
    readonly selectBlock: (clientId: string, position?: null | 0 | -1) => void
    readonly updateBlockAttributes: (clientId: string, attributes: Readonly<Record<string, unknown>>) => void
    readonly __unstableMarkNextChangeAsNotPersistent?: () => void
  }

  /** What this plugin asks of `core/blocks`. */
  export interface BlocksSelectors {
    readonly getBlockType: (name: string) => BlockTypeSettings | undefined
    readonly getBlockVariations: (name: string) => readonly BlockVariation[] | undefined
  }

  /** What this plugin asks of `core/editor`. */
  export interface EditorSelectors {
    readonly getCurrentPostId: () => number | string | null
    readonly getPermalink: () => string | null
    readonly getEditedPostPreviewLink: () => string | null
  }

  /** What this plugin does through `core/notices`. */
  export interface NoticesActions {
    readonly createNotice: (
      status: 'info' | 'success' | 'warning' | 'error',
      text: string,
      options?: object,
    ) => void
    readonly removeNotice: (id: string) => void
  }
}
