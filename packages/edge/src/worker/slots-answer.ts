/** The header by which a WordPress says that its page holds slots. */
export const SLOTS_HEADER = 'x-attune-slots'

const UNSHARED_HEADER = 'x-attune-unshared'

/** What is kept in place of a page that is not the same for everybody. */
export function noteUnshared(): Response {
  return new Response(null, { headers: { [UNSHARED_HEADER]: '1' } })
}

/** Whether `noteUnshared` was kept. */
export function isUnshared({ headers }: Response): boolean {
  return headers.has(UNSHARED_HEADER)
}

// They are those of a page of all variants.
const OF_ALL = [
  'etag',
  'last-modified',
  'content-length',
  'accept-ranges',
  'age',
  'expires',
  'cf-cache-status',
  SLOTS_HEADER,
]

/** Whether an answer is a page to read. */
export function isHtml({ headers }: Response): boolean {
  return /^text\/html\b/i.test(headers.get('content-type') ?? '')
}

/** Whether an answer is a page whose slots are to be resolved. */
export function hasSlots({ headers }: Response): boolean {
  return headers.get(SLOTS_HEADER) === '1'
}

/** Whether an answer holds slots that nobody here can resolve. */
export function isUnreadable(answer: Response): boolean {
  return hasSlots(answer) && !isHtml(answer)
}

/** Takes away what an answer says of the page of all variants. */
export function forgetAll(headers: Headers): void {
  for (const name of OF_ALL) headers.delete(name)
  const varies = (headers.get('vary') ?? '')
    .split(/\s*,\s*/)
    .filter((name) => !/^(?:x-attune-edge|)$/i.test(name))
  if (varies.length > 0) headers.set('vary', varies.join(', '))
  else headers.delete('vary')
}
