import { useSelect } from '@wordpress/data'
import type { Segment } from '../segments/segment.ts'
import { type EditorSelectors, editorStore } from '../state/editor-store.ts'
import { answerView, type ViewAnswers } from './answer-view.ts'
import type { View } from './view.ts'

/** The answers for the present view; undefined while nobody is chosen. Every block on the page asks, so they are made once. */
export function useAnswers(): ViewAnswers | undefined {
  return useSelect((select) => {
    const view = select(editorStore).getView()
    return view === undefined ? undefined : answersOf(view, select(editorStore))
  }, [])
}

interface Made {
  readonly answers: ViewAnswers
  readonly ruleset: unknown
  readonly segments: unknown
}

const made = new WeakMap<View, Made>()
const NONE: readonly Segment[] = []

function answersOf(view: View, { getRuleset, getSegments }: EditorSelectors): ViewAnswers {
  // The ruleset is asked for only when somebody looks: an editor who never does fetches none.
  const ruleset = getRuleset()
  const segments = getSegments() ?? NONE
  const known = made.get(view)
  if (known !== undefined && known.ruleset === ruleset && known.segments === segments) return known.answers
  const keys = segments.map(({ key }) => key)
  const answers = answerView(ruleset, keys, view, Date.now())
  made.set(view, { answers, ruleset, segments })
  return answers
}
