import type { ConsentRules } from '@attune/core'

type Said = 'not asked' | 'refused' | 'an older yes' | 'yes in spite of it'
type Region = 'unknown' | 'asks first' | 'may wait for a no'
type Row = readonly [gpc: boolean, said: Said, region: Region, granted: string]

/** One row of the table. */
export interface TruthRow {
  readonly gpc: boolean
  readonly said: Said
  readonly region: Region
  readonly granted: string
}

/** What an owner grants unasked in the table. */
export const RULES: Required<Pick<ConsentRules, 'unasked'>> = {
  unasked: { US: ['preferences', 'statistics-anonymous'] },
}

/** What the consent cookie says; `undefined`: there is none. */
export const SAID: { readonly [said in Said]: string | undefined } = {
  'not asked': undefined,
  refused: 'none',
  'an older yes': 'preferences.statistics.marketing',
  'yes in spite of it': 'preferences.statistics.marketing.gpc',
}
/** Where a visitor is. */
export const REGIONS: { readonly [region in Region]: string | undefined } = {
  unknown: undefined,
  'asks first': 'DE',
  'may wait for a no': 'US-CA',
}

/** Judged by hand. What is granted beside `functional`; `-`: nothing. */
export const TABLE: readonly Row[] = [
  [false, 'not asked', 'unknown', '-'],
  [false, 'not asked', 'asks first', '-'],
  [false, 'not asked', 'may wait for a no', 'preferences statistics-anonymous'],
  [false, 'refused', 'unknown', '-'],
  [false, 'refused', 'asks first', '-'],
  [false, 'refused', 'may wait for a no', '-'],
  [false, 'an older yes', 'unknown', 'preferences statistics marketing'],
  [false, 'an older yes', 'asks first', 'preferences statistics marketing'],
  [false, 'an older yes', 'may wait for a no', 'preferences statistics marketing'],
  [false, 'yes in spite of it', 'unknown', 'preferences statistics marketing'],
  [false, 'yes in spite of it', 'asks first', 'preferences statistics marketing'],
  [false, 'yes in spite of it', 'may wait for a no', 'preferences statistics marketing'],
  [true, 'not asked', 'unknown', '-'],
  [true, 'not asked', 'asks first', '-'],
  [true, 'not asked', 'may wait for a no', 'statistics-anonymous'],
  [true, 'refused', 'unknown', '-'],
  [true, 'refused', 'asks first', '-'],
  [true, 'refused', 'may wait for a no', '-'],
  [true, 'an older yes', 'unknown', 'statistics'],
  [true, 'an older yes', 'asks first', 'statistics'],
  [true, 'an older yes', 'may wait for a no', 'statistics'],
  [true, 'yes in spite of it', 'unknown', 'preferences statistics marketing'],
  [true, 'yes in spite of it', 'asks first', 'preferences statistics marketing'],
  [true, 'yes in spite of it', 'may wait for a no', 'preferences statistics marketing'],
]
/** The same, by name. */
export const ROWS: readonly TruthRow[] = TABLE.map(([gpc, said, region, granted]) => ({
  gpc,
  said,
  region,
  granted,
}))
