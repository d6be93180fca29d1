import type { PublishedRuleset } from '@attune/core'
import apiFetch from '@wordpress/api-fetch'
import { createReduxStore, register, type StoreDescriptor } from '@wordpress/data'
import { readSegments, type Segment } from '../segments/segment.ts'
import type { View } from '../view-as/view.ts'

/** What the editor knows of Attune; nothing of it is saved. */
export interface EditorState {
  readonly segments: readonly Segment[] | undefined
  /** Why the segments could not be fetched. */
  readonly trouble: string | undefined
  readonly ruleset: PublishedRuleset | undefined
  /** Adaptive Content → the variant on its canvas, by client id. */
  readonly open: Readonly<Record<string, string>>
  /** The tab that shall have the keyboard focus when it is next drawn. */
  readonly focus: string | undefined
  readonly view: View | undefined
}

type Action =
  | { readonly type: 'segments'; readonly segments: readonly Segment[] }
  | { readonly type: 'trouble'; readonly trouble: string }
  | { readonly type: 'ruleset'; readonly ruleset: PublishedRuleset }
  | { readonly type: 'open'; readonly adaptive: string; readonly variant: string }
  | { readonly type: 'focus'; readonly variant: string | undefined }
  | { readonly type: 'view'; readonly view: View | undefined }

export interface EditorSelectors {
  /** Undefined until they are there, or when they cannot be had. The first call fetches them. */
  readonly getSegments: () => readonly Segment[] | undefined
  readonly getTrouble: () => string | undefined
  /** Undefined until it is there, or for ever when none is published. The first call fetches it. */
  readonly getRuleset: () => PublishedRuleset | undefined
  readonly getOpenVariant: (adaptive: string) => string | undefined
  readonly getFocusedTab: () => string | undefined
  readonly getView: () => View | undefined
  /** Whether what a selector fetches is there, or is known not to be had; `@wordpress/data` adds it. */
  readonly hasFinishedResolution: (selector: 'getSegments' | 'getRuleset', args: readonly []) => boolean
}

export interface EditorActions {
  readonly openVariant: (adaptive: string, variant: string) => void
  readonly focusTab: (variant: string | undefined) => void
  readonly viewAs: (view: View | undefined) => void
}

const EMPTY: EditorState = {
  segments: undefined,
  trouble: undefined,
  ruleset: undefined,
  open: {},
  focus: undefined,
  view: undefined,
}

/** The next state after an action. */
export function reduceEditor(state: EditorState = EMPTY, action: Action): EditorState {
  switch (action.type) {
    case 'segments':
      return { ...state, segments: action.segments, trouble: undefined }
    case 'trouble':
      return { ...state, trouble: action.trouble }
    case 'ruleset':
      return { ...state, ruleset: action.ruleset }
    case 'open':
      if (state.open[action.adaptive] === action.variant) return state
      return { ...state, open: { ...state.open, [action.adaptive]: action.variant } }
    case 'focus':
      return { ...state, focus: action.variant }
    case 'view':
      return { ...state, view: action.view }
    default:
      return state
  }
}

interface Thunk {
  readonly dispatch: (action: Action) => void
}

/** The store `attune/editor` of `@wordpress/data`. */
export const editorStore: StoreDescriptor<EditorSelectors, EditorActions> = createReduxStore(
  'attune/editor',
  {
    reducer: reduceEditor,
    actions: {
      openVariant: (adaptive: string, variant: string): Action => ({ type: 'open', adaptive, variant }),
      focusTab: (variant: string | undefined): Action => ({ type: 'focus', variant }),
      viewAs: (view: View | undefined): Action => ({ type: 'view', view }),
    },
    selectors: {
      getSegments: (state: EditorState) => state.segments,
      getTrouble: (state: EditorState) => state.trouble,
      getRuleset: (state: EditorState) => state.ruleset,
      getOpenVariant: (state: EditorState, adaptive: string) => state.open[adaptive],
      getFocusedTab: (state: EditorState) => state.focus,
      getView: (state: EditorState) => state.view,
    },
    resolvers: {
      getSegments:
        () =>
        async ({ dispatch }: Thunk): Promise<void> => {
          try {
            const answer = await apiFetch({ path: '/attune/v1/segments' })
            dispatch({ type: 'segments', segments: readSegments(answer) })
          } catch (error) {
            dispatch({ type: 'trouble', trouble: messageOf(error) })
          }
        },
      getRuleset:
        () =>
        async ({ dispatch }: Thunk): Promise<void> => {
          try {
            const answer = await apiFetch({ path: '/attune/v1/ruleset?for=browser' })
            // Our own route: hash, keys and a published ruleset, or an error.
            dispatch({ type: 'ruleset', ruleset: (answer as { ruleset: PublishedRuleset }).ruleset })
          } catch {
            // None is published: every view shows defaults, and the segments' own trouble says why.
          }
        },
    },
  },
)

register(editorStore)

function messageOf(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  return String(told)
}
