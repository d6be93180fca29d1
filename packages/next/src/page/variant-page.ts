import type { ReactNode } from 'react'
import type { PageDecisions } from './read-decisions.ts'

/** The parts of a page's path, as Next gives them. */
export interface PathParams {
  readonly [name: string]: string | readonly string[]
}

/** What a variant page is rendered from. Nothing in it belongs to one visitor: the page is cached for all. */
export interface VariantPageProps<Params> {
  readonly decisions: PageDecisions
  /** The public path's own parts, without the code. */
  readonly params: Params
}

/** A page component as Next calls it. */
export type VariantPage = (props: {
  readonly params: Promise<{ readonly code: string }>
}) => Promise<ReactNode>
