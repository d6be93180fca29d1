// Numbers as the ruleset language bounds them. The tags become the JSON Schema; the checker says the same in words.

/**
 * A whole number from 0.
 * @asType integer
 * @minimum 0
 * @maximum 9007199254740991
 */
export type Whole = number

/**
 * A whole number from 1.
 * @asType integer
 * @minimum 1
 * @maximum 9007199254740991
 */
export type Natural = number

/**
 * A whole number from 0 to 31: so many different values are told apart.
 * @asType integer
 * @minimum 0
 * @maximum 31
 */
export type FewValues = number

/**
 * A number with at most four decimals.
 * @minimum -9007199254740991
 * @maximum 9007199254740991
 */
export type Decimal = number

/**
 * Decayed points: 0 to 10,000,000 with at most four decimals.
 * @minimum 0
 * @maximum 10000000
 */
export type Strength = number

/**
 * What one event gives: 0 to 1,000 points with at most two decimals.
 * @minimum 0
 * @maximum 1000
 */
export type Points = number

/**
 * What a source's telling of a trait weighs: a whole number from 1 to 100.
 * @asType integer
 * @minimum 1
 * @maximum 100
 */
export type TraitWeight = number

/**
 * A place in a table of percentiles: a whole number from 0 to 100.
 * @asType integer
 * @minimum 0
 * @maximum 100
 */
export type Percentile = number

/**
 * A band of recency, frequency or money: a whole number from 1 to 5, 5 the best.
 * @asType integer
 * @minimum 1
 * @maximum 5
 */
export type Band = number

/**
 * A share of visitors: 0 to 1 with at most four decimals.
 * @minimum 0
 * @maximum 1
 */
export type Share = number

/**
 * A score's value in a table of percentiles, with at most four decimals.
 * @minimum -10000000
 * @maximum 10000000
 */
export type ScoreCut = number

/**
 * How many of the strongest: a whole number from 1 to 64.
 * @asType integer
 * @minimum 1
 * @maximum 64
 */
export type Rank = number

/**
 * A number of days or weeks, 1 to 60.
 * @asType integer
 * @minimum 1
 * @maximum 60
 */
export type PeriodCount = number

/**
 * The hour in which it begins, 0 to 23.
 * @asType integer
 * @minimum 0
 * @maximum 23
 */
export type StartHour = number

/**
 * The hour before which it ends, 0 to 24.
 * @asType integer
 * @minimum 0
 * @maximum 24
 */
export type EndHour = number

/**
 * A whole number.
 * @asType integer
 */
export type Integer = number

/**
 * Whole seconds since 1970-01-01T00:00Z.
 * @asType integer
 */
export type Seconds = number
