import type { Limited } from './limit/create-limiter.ts'
import { peerOf } from './peer.ts'
import type { Site } from './site.ts'

/** Counts a request by its address block and, where one may be recognised, its visitor; says why it is not let through, if so. */
export function limitRequest(
  { limiter }: Pick<Site, 'limiter'>,
  request: Request,
  visitor: string | undefined,
): Limited | undefined {
  if (limiter === undefined) return undefined
  const address = limiter.blockOf(peerOf(request), request.headers.get('x-forwarded-for'))
  return limiter.take({ address, visitor })
}
