/** Lasting facts about a visitor that the ruleset declares: texts, numbers, booleans and lists of text; `null` takes one back. */
export interface Traits {
  readonly [trait: string]: string | number | boolean | readonly string[] | null | undefined
}

/** Writes traits as properties that `track` carries: a list as JSON text, and an empty text for one that is taken back. */
export function encodeTraits(traits: Traits): { readonly [trait: string]: string | number | boolean } {
  const encoded: { [trait: string]: string | number | boolean } = {}
  for (const [trait, value] of Object.entries(traits)) {
    if (value === undefined) continue
    if (value === null) encoded[trait] = ''
    else encoded[trait] = typeof value === 'object' ? JSON.stringify(value) : value
  }
  return encoded
}
