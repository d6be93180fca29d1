import type { Problem } from '@attune/core'
import { createContext, useContext } from '@wordpress/element'
import type { Context } from 'react'
import { type Names, namesIn } from '../document/names.ts'
import { isWithin } from './is-within.ts'

/** What every field of the builder asks about the draft. */
export interface DraftView {
  readonly names: Names
  /** What the checker found. */
  readonly problems: readonly Problem[]
}

/** The draft that the fields below belong to. */
export const DraftContext: Context<DraftView> = createContext<DraftView>({ names: namesIn({}), problems: [] })

/** The names that conditions of the draft may refer to. */
export function useNames(): Names {
  return useContext(DraftContext).names
}

/** What was found at a place of the draft and below it. */
export function useFindings(path: string): readonly Problem[] {
  return useContext(DraftContext).problems.filter((problem) => isWithin(problem.path, path))
}
