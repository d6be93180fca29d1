import type { PreparedTest, Range } from '../condition/prepared-test.ts'
import type { Take } from '../signal/signal.ts'

/**
 * One condition without children, prepared: names are slots of the signal plan, durations whole seconds, bounds whole
 * numbers in the unit of what is kept (ten-thousandths, 10^-8 points). `needs` are the purposes, as bits, without which
 * the answer is unknown.
 */
export type Leaf = { readonly needs?: number } & (
  | ({ readonly op: 'attr'; readonly path: string } & PreparedTest)
  | ({ readonly op: 'touch'; readonly slot: number; readonly which: 'first' | 'last' } & PreparedTest)
  /** Last times in a window, exact. */
  | { readonly op: 'count'; readonly slot: number; readonly within: number | null; readonly range: Range }
  /** A count or an aggregate of everything that ever happened. */
  | { readonly op: 'total'; readonly slot: number; readonly range: Range }
  | {
      readonly op: 'ring'
      readonly slot: number
      readonly bucket: number
      readonly take?: Take
      readonly range: Range
    }
  /** The slots of a sum and of the number of values; `bucket` when they are rings. */
  | {
      readonly op: 'average'
      readonly sum: number
      readonly number: number
      readonly bucket?: number
      readonly range: Range
    }
  | { readonly op: 'distinct'; readonly slot: number; readonly within: number | null; readonly range: Range }
  | { readonly op: 'absent'; readonly slot: number; readonly within: number }
  /** Seconds passed. */
  | { readonly op: 'since'; readonly slot: number; readonly first?: true; readonly range: Range }
  | {
      readonly op: 'unfinished'
      readonly begun: number
      readonly finished: number
      readonly wait: number
      readonly within: number
    }
  /** The furthest step, counted from 1, whose chain ended in the window. A sequence asks for its last alone. */
  | {
      readonly op: 'chain'
      readonly slot: number
      readonly steps: number
      readonly within: number | null
      readonly range: Range
    }
  | {
      readonly op: 'periods'
      readonly slot: number
      readonly period: 'day' | 'week'
      readonly least: number
      readonly of: number
    }
  | { readonly op: 'score'; readonly slot: number; readonly bucket: number; readonly range: Range }
  | {
      readonly op: 'strength'
      readonly slot: number
      readonly bucket: number
      readonly value: string
      readonly range: Range
    }
  | {
      readonly op: 'top'
      readonly slot: number
      readonly bucket: number
      readonly value: string
      readonly top: number
    }
  | {
      readonly op: 'rfm'
      readonly last: number
      readonly within: number
      /** Seconds of a bucket of the rings. */
      readonly bucket: number
      /** Seconds passed since the last. */
      readonly recency?: Range
      readonly frequency?: { readonly slot: number; readonly range: Range }
      /** In ten-thousandths. */
      readonly monetary?: { readonly slot: number; readonly range: Range }
    }
  | {
      readonly op: 'when'
      readonly from?: number
      readonly until?: number
      /** Seconds of the local day `[from, until)`; may wrap. */
      readonly hours?: readonly [number, number]
      /** 0 for Monday. */
      readonly weekdays?: readonly number[]
      readonly timezone: string
    }
  | { readonly op: 'consent'; readonly bit: number }
)

/** The leaf of one operation. */
export type LeafOf<Op extends Leaf['op']> = Extract<Leaf, { readonly op: Op }>

/** A node of the published conditions; children are places in the same list, always before their parents. */
export type Node =
  | (Leaf & { readonly shared?: true })
  | { readonly op: 'all' | 'any' | 'not'; readonly of: readonly number[]; readonly shared?: true }
  | {
      readonly op: 'atLeast'
      readonly least: number
      readonly of: readonly number[]
      readonly shared?: true
    }
  | { readonly op: 'segment'; readonly key: string; readonly of: readonly number[]; readonly shared?: true }
