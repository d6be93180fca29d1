import { isSigned } from '@attune/storage/ruleset-http'
import { revalidateTag } from 'next/cache'
import { CONTENT } from '../../lib/ask-wordpress.ts'
import { openRuleset } from '../../lib/ruleset.ts'

const MAX_BYTES = 1_000
const MAX_AGE_SECONDS = 300

/** WordPress says that a post or the ruleset changed: `{ "time": <seconds> }`, signed with our secret. */
export async function POST(request: Request): Promise<Response> {
  const body = await request.arrayBuffer()
  const secrets = [process.env.ATTUNE_SECRET ?? []].flat()
  const isOurs =
    body.byteLength <= MAX_BYTES && (await isSigned(body, request.headers.get('attune-signature'), secrets))
  if (!isOurs) return new Response('Not signed with our secret.', { status: 403 })
  if (!isFresh(JSON.parse(new TextDecoder().decode(body)))) return new Response('Too old.', { status: 403 })
  await openRuleset().refresh()
  // What is there is shown until the new is rendered: a WordPress that is gone takes no page with it.
  revalidateTag(CONTENT, 'max')
  return new Response(null, { status: 204 })
}

// Whoever overheard it must not be able to say it for ever.
function isFresh(message: { readonly time?: unknown }): boolean {
  return typeof message.time === 'number' && Math.abs(Date.now() / 1000 - message.time) <= MAX_AGE_SECONDS
}
