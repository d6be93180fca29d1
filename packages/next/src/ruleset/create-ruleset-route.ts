import { createSealKeys, liveSecrets, type PublishedRuleset } from '@attune/core'
import { followRuleset, type RulesetOrSource } from '@attune/edge'
import { signBody } from '@attune/storage/ruleset-http'
import { type SecretInput, toSecret } from '../secret-input.ts'

/** The same ruleset and secret as the proxy's. */
export interface RulesetRouteOptions {
  readonly ruleset: RulesetOrSource
  /** Of several, the first signs. */
  readonly secret: SecretInput
  /** Gives the document too, for labels and explanations elsewhere; everybody can read it then. Default false. */
  readonly document?: boolean
}

/** The handler of `app/attune/ruleset/route.ts`. */
export interface RulesetRoute {
  /** Answers the published ruleset, signed, or 304 to who has it. */
  readonly GET: (request: Request) => Promise<Response>
}

interface Given {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

// Seconds for which a cache may answer without asking.
const MAX_AGE = 60

/** Creates the route handler from which WordPress and other hosts read the ruleset that this site is decided by. */
export function createRulesetRoute({ ruleset, secret, document = false }: RulesetRouteOptions): RulesetRoute {
  let follow: ReturnType<typeof open> | undefined
  const open = () => {
    const [newest = ''] = liveSecrets(toSecret(secret, 'createRulesetRoute'))
    // Says when it is too short.
    createSealKeys(newest)
    return followRuleset(ruleset, (published) => give(published, newest, document))
  }
  const answer: RulesetRoute['GET'] = async (request) => {
    follow ??= open()
    const given = await follow()
    if (given === undefined) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
    const { body, headers } = given
    if (knows(request, headers.etag!)) return new Response(null, { status: 304, headers })
    return new Response(body, { headers: { ...headers, 'content-type': 'application/json' } })
  }
  return { GET: answer }
}

async function give(published: PublishedRuleset, secret: string, isWhole: boolean): Promise<Given> {
  const { document, ...rest } = published
  const body = new TextEncoder().encode(JSON.stringify(isWhole ? { ...rest, document } : rest))
  const signature = await signBody(body, secret)
  const headers = {
    // Another body has another signature, which so can be its name.
    etag: `"${signature.slice('sha256='.length)}"`,
    'attune-signature': signature,
    'cache-control': `public, max-age=${MAX_AGE}`,
  }
  return { body, headers }
}

// A cache that compresses makes a weak tag of ours, or lengthens it.
function knows(request: Request, etag: string): boolean {
  const given = request.headers.get('if-none-match')?.split(',') ?? []
  return given.some(
    (tag) =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/-(?:gzip|br|zstd)"$/, '"') === etag,
  )
}
