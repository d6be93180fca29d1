/** Of a page that shows one visitor's variants: no shared cache keeps it, and it still answers 304. */
export const VARIANT = 'private, max-age=0, must-revalidate'
/** Of a page that shows a preview. */
export const NEVER_STORED = 'private, no-store'

/** The `Cache-Control` that an answer leaves with: what it must say, unless it says by itself that no shared cache may keep it. */
export function settleCacheControl(wanted: string | undefined, said: string | null): string | undefined {
  if (wanted === undefined) return said ?? undefined
  return wanted === VARIANT && /\b(?:private|no-store)\b/i.test(said ?? '') ? (said ?? undefined) : wanted
}
