/** A visitor that was merged into another one, and when, milliseconds: empty while it is yet to be. */
export type AbsorbedVisitor = readonly [visitor: string, at: number | '']

/** Reads what a script answers of such visitors: each with when. */
export function toAbsorbed(pairs: readonly string[]): readonly AbsorbedVisitor[] {
  const absorbed: AbsorbedVisitor[] = []
  for (let at = 0; at < pairs.length; at += 2) {
    absorbed.push([pairs[at]!, pairs[at + 1] === '' ? '' : Number(pairs[at + 1])])
  }
  return absorbed
}
