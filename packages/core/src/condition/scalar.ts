/** A plain value that a test may name. */
export type Scalar = string | number | boolean
