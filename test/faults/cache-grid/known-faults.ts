import type { Mutation } from './mutations.ts'

const READABLE = /^bytes=(?:0-\d*|-\d+)$/

/**
 * A Range that Varnish 7.1 cannot read on a request that it passes on: it answers 503, keeps the connection with the unread
 * answer in it, and takes that for the head of the next. Its fault, whatever stands behind it; the guide's rules drop the header.
 */
export function breaksVarnish({ headers }: Mutation): boolean {
  const ranges = headers.filter(([name]) => name.toLowerCase() === 'range')
  return ranges.length > 1 || ranges.some(([, value]) => !READABLE.test(value))
}

/** A Server Action sent to an address of page data: Next.js 16.4 answers 500, which it calls a bug of its own. */
export function breaksNext({ method, path, headers }: Mutation): boolean {
  const isAction = headers.some(([name, value]) => name.toLowerCase() === 'next-action' && value !== '')
  return method === 'POST' && isAction && /\.rsc(?:[?#]|$)/.test(path)
}
