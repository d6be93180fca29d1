/** Google fetches pictures of mails before anybody opens them under this name. Source: answers to its picture proxy, seen since 2021. */
const PREFETCHER = /Edge\/12\.246 Mozilla\/5\.0$/

/** Tells whether a picture was asked for ahead of anybody who looks: by a browser that prefetches, or a mail service that says so. */
export function isUnseen({ headers }: Pick<Request, 'headers'>): boolean {
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-moz') ?? ''
  return /prefetch|prerender|preview/i.test(purpose) || PREFETCHER.test(headers.get('user-agent') ?? '')
}
