/** The format of published sweeps that this version reads. */
export const SWEEP_FORMAT = 1

/**
 * Classes of a field's values: all values of one class pass and fail the same tests. In order: not granted, missing,
 * of no type that is tested, another text, each text, numbers (below, at and above each point), false, true.
 */
export const DENIED = 0
export const MISSING = 1
export const OTHER = 2
export const OTHER_TEXT = 3
export const FIRST_TEXT = 4

/** Ascending, disjoint spans of classes: `[from, before, from, before, …]`. */
export type Spans = readonly number[]

/** A path that conditions read, and which terms its classes of values leave standing. */
export interface SweepField {
  readonly path: string
  /** Purposes, as bits, without which nothing of it is known. */
  readonly needs?: number
  readonly texts: readonly string[]
  /** Ascending. */
  readonly points: readonly number[]
  /**
   * Which terms stand only when the value's class lies in which spans: length and members of the spans, length and
   * members of the terms, and so on. One flat list, since it is what a cold start reads most of.
   */
  readonly uses: readonly number[]
}

/** What is asked of a value directly; a test's number is its place here. */
export const DIRECT_TESTS = ['contains', 'startsWith', 'endsWith', 'hasAny', 'hasAll'] as const
export const CONTAINS = 0
export const STARTS_WITH = 1
export const HAS_ANY = 3

/** A test of a part of a text or of a list of text, which no class of values answers. */
export interface SweepTest {
  /** Place in `paths`. */
  readonly path: number
  readonly test: number
  readonly needs?: number
  /** The part of a text. */
  readonly part?: string
  /** The wanted elements of a list, a bit each, 32 a word, by their place in the path's `elements`. */
  readonly mask?: readonly number[]
}

/** A path that direct tests read. */
export interface SweepPath {
  readonly path: string
  /** The elements that tests of lists name. */
  readonly elements: readonly string[]
}

/** A path of lists of text that every question reads: all values with the same wanted elements leave the same terms. */
export interface SweepList {
  readonly path: string
  readonly needs?: number
  /** The elements that tests name, at most `MAX_ELEMENTS`. */
  readonly elements: readonly string[]
  /**
   * For each test its number, its elements as bits, length and members of the terms that stand only when it is true,
   * length and members of those that stand only when it is false.
   */
  readonly tests: readonly number[]
}

/** Bits that are a small whole number in every engine. */
export const MAX_ELEMENTS = 30

/**
 * The segments of a published ruleset written out as terms, for asking all of them at once: a segment is true when
 * one of its terms stands, a term when everything that it depends on holds. Plain JSON.
 */
export interface PublishedSweep {
  readonly sweep: typeof SWEEP_FORMAT
  /** The ruleset's. */
  readonly revision: string
  /** The keys of the segments, in the ruleset's order. */
  readonly segments: readonly string[]
  /** Term → place of its segment; ascending. Terms are bits, 32 a word. */
  readonly terms: readonly number[]
  /** Those on which many terms depend come first. */
  readonly fields: readonly SweepField[]
  /** How many of the fields every question reads. */
  readonly eager: number
  readonly lists: readonly SweepList[]
  readonly paths: readonly SweepPath[]
  readonly tests: readonly SweepTest[]
  /** Places among the published nodes of what only the ruleset's closures answer. */
  readonly nodes: readonly number[]
  /**
   * What is asked of each word's terms when the eager fields left any, cheaper ones first. A source is a field, a test
   * or a node, numbered in this order. `starts` has one place more than there are words.
   */
  readonly starts: readonly number[]
  readonly sources: readonly number[]
  /** By entry: the terms that stand only when it is true (of a field: that depend on it), and only when it is false. */
  readonly ifTrue: readonly number[]
  readonly ifFalse: readonly number[]
}
