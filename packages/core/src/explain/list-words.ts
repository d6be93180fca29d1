// Beyond so many a list says how many more there are.
const MOST = 8

/** "a", "a or b", "a, b or c"; a long list is cut: "a, b, … or 993 more". */
export function joinWords(items: readonly string[], conjunction: 'and' | 'or' | 'nor'): string {
  const shown = items.length > MOST ? items.slice(0, MOST - 1) : items
  const rest = items.length - shown.length
  const parts = rest === 0 ? shown : [...shown, `${rest} more`]
  if (parts.length <= 1) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} ${conjunction} ${parts.at(-1)}`
}
