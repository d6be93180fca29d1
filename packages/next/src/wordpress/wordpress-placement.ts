/** A placement of a post, as the field `attune_placements` of WordPress's REST interface holds it. */
export interface WordPressPlacement {
  readonly id: string
  readonly variants: readonly WordPressVariant[]
}

/** One of its variants; there are more members than we need. */
export interface WordPressVariant {
  readonly key: string
  /** What stands in the content by itself. */
  readonly isDefault: boolean
  readonly html: string
}
