/** What the sources of traits mean, above their table. */
export const SOURCES_WORDS: string =
  'Told by identify. Where sources are named, nobody else may tell it, and what the heavier one told holds; of two that weigh the same, the later.'

/** Stands for the sources of a trait that names none. */
export const ANYBODY: string = 'anybody; the later holds'
