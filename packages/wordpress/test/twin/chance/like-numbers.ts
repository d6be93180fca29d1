/**
 * Names and texts of made rulesets that may be written as what PHP could take for numbers: as keys of its arrays these become
 * whole numbers, and compared loosely they are equal.
 */
const AS_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['hiking', '10'],
  ['camping', '9'],
  ['Hiking', '1e1'],
  ['GB', '0'],
  ['ie', '00'],
  ['IE', '0.0'],
  ['FR', '-0'],
  ['one', '1'],
  ['two', '2'],
  ['hero', '7'],
  ['rail', '08'],
  ['tree-0', '3'],
  ['tree-1', '03'],
  ['x0', '0'],
  ['x1', '1'],
  ['g', '5'],
  ['tier', '12'],
  ['newsletter', '1e2'],
])

/** The same JSON with every such name and text written as a number. */
export function likeNumbers<T>(value: T): T {
  return rewrite(value) as T
}

function rewrite(value: unknown): unknown {
  if (typeof value === 'string') return AS_NUMBERS.get(value) ?? rewriteTrait(value)
  if (Array.isArray(value)) return value.map(rewrite)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [AS_NUMBERS.get(name) ?? name, rewrite(member)]),
  )
}

// A trait's name also stands in paths.
function rewriteTrait(text: string): string {
  return text === 'trait.tier' ? 'trait.12' : text
}
