import type { ServerSenderOptions } from './create-server-sender.ts'
import { createPosting, postSigned } from './post-signed.ts'

/** How a server asks for what is kept of a visitor; `endpoint` such as `https://shop.example/attune/rights`. */
export type RightsSenderOptions = ServerSenderOptions

/** Asks for what is kept of visitors, or has it erased, signed. Whatever is answered is the caller's to read; rejects when the network does. */
export interface RightsSender {
  export(visitor: string): Promise<Response>
  erase(visitor: string): Promise<Response>
}

/**
 * Creates a sender.
 * @throws when the endpoint is missing or the secret is short.
 */
export function createRightsSender(options: RightsSenderOptions): RightsSender {
  const posting = createPosting('createRightsSender', options)
  const ask = (what: 'export' | 'erase') => (visitor: string) =>
    postSigned({ ...posting, endpoint: `${posting.endpoint}/${what}` }, `rights-${what}`, { visitor })
  return { export: ask('export'), erase: ask('erase') }
}
