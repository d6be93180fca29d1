import type { Context } from '@attune/core'

/** The visitor as whom the canvas is looked at. */
export interface View {
  /** Which of the visitors to begin with. */
  readonly persona: string
  readonly context: Context
  /** Segments taken to match or not, whatever else is said. */
  readonly assume: Readonly<Record<string, boolean>>
  /** Milliseconds since 1970; undefined is the present. */
  readonly now: number | undefined
}
