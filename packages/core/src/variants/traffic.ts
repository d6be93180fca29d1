/** What is known of a site's traffic; all of it is optional. */
export interface Traffic {
  /** The share of visitors who granted `preferences`, 0 to 1; default 1. */
  readonly consent?: number
  /** Segment → the share of visitors with consent who are in it, 0 to 1. */
  readonly segments?: { readonly [key: string]: number }
  /** Route → its page views; default equally many. */
  readonly routes?: { readonly [route: string]: number }
  /** How often combinations were shown. For a route that is named here nothing is estimated. */
  readonly combinations?: readonly CountedCombination[]
}

/** How often a combination of a route was shown. */
export interface CountedCombination {
  readonly route: string
  readonly variants: { readonly [placement: string]: string }
  readonly count: number
}
