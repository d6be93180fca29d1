/** Where in a text something stands, as editors count: "line 3, column 7, character 41". */
export function placeIn(text: string, at: number): string {
  const before = text.slice(0, at).split(/\r\n|\n|\r/)
  return `line ${before.length}, column ${before.at(-1)!.length + 1}, character ${at + 1}`
}

/** What mends a text that is no JSON from here on: what people write who know other languages is named. */
export function cureAt(text: string, at: number): string {
  const next = text.slice(at, at + 2)
  if (next === '//' || next === '/*') return 'JSON has no comments: remove it.'
  const before = text.slice(0, at).trimEnd()
  if (before.endsWith(',') && (next.startsWith('}') || next.startsWith(']')))
    return 'JSON has no comma after the last one: remove it.'
  if (next.startsWith("'")) return 'JSON has double quotes only: use them.'
  return 'Correct the JSON.'
}
