import { parseVisitorId } from '@attune/core'
import { isSigned } from '@attune/storage/ruleset-http'
import type { PlainAnswer } from '../plain-answer.ts'
import type { Site } from '../site.ts'

/** The header that says who asks: `v1.<unix>.<hex>`. */
export const SIGNATURE_HEADER = 'attune-signature'

const SIGNATURE = /^v1\.(\d{1,12})\.([\da-f]{64})$/
// A question may be on its way for a while, and two clocks differ.
const FRESH_SECONDS = 60

/**
 * Answers `GET …/profile?visitor=<id>` with the visitor's profile, for another host of the same site that shares the secret: the question is
 * signed by the HMAC-SHA256 of "profile\n<unix>\n<site>\n<visitor>" in hex. 404 for a visitor nobody has heard of.
 */
export async function answerProfile(site: Site, { method, url, headers }: Request): Promise<PlainAnswer> {
  if (method !== 'GET') return say(405, 'method', 'Profiles are asked for with GET.', [['allow', 'GET']])
  const visitor = parseVisitorId(new URL(url).searchParams.get('visitor'))
  if (!visitor.ok) return say(400, 'visitor', 'Name the visitor: /profile?visitor=<id>.')
  if (!(await isOurs(site, visitor.value, headers.get(SIGNATURE_HEADER))))
    return say(
      403,
      'signature',
      'The question is not signed with this site’s secret, or is older than a minute.',
    )
  const profile = await site.store.load(visitor.value, site.compiled.plan)
  if (profile === null) return say(404, 'unknown-visitor', 'Nobody has heard of this visitor.')
  return { status: 200, headers: HEADERS, text: JSON.stringify(profile) }
}

async function isOurs(site: Site, visitor: string, header: string | null): Promise<boolean> {
  const [, unix, hex] = SIGNATURE.exec(header ?? '') ?? []
  if (unix === undefined || hex === undefined) return false
  if (Math.abs(Number(unix) - site.clock() / 1000) > FRESH_SECONDS) return false
  const message = new TextEncoder().encode(`profile\n${unix}\n${site.name}\n${visitor}`)
  return isSigned(message.buffer, `sha256=${hex}`, site.secrets)
}

const HEADERS: PlainAnswer['headers'] = [
  ['content-type', 'application/json'],
  ['cache-control', 'private, no-store'],
]

function say(
  status: number,
  error: string,
  message: string,
  headers: PlainAnswer['headers'] = [],
): PlainAnswer {
  return { status, headers: [...HEADERS, ...headers], text: JSON.stringify({ error, message }) }
}
