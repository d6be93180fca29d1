import { type Consent, parseVisitorId } from '@attune/core'
import { sealMail } from './mail-link.ts'

/** What is asked of a mail's pixel. */
export interface PixelLinkOptions {
  /** Where the collector answers pixels, such as `https://shop.example/attune/pixel.gif`. */
  readonly endpoint: string
  /** The secret that servers sign with, which the collector knows as well: at least 32 characters. */
  readonly secret: string
  /** The collector's `site`. Default `site`. */
  readonly site?: string
  /** To whom the mail goes. */
  readonly visitor: string
  /** What they granted, as the server knows it; without the purpose of `email_open` opening it is not kept. */
  readonly consent: Consent
  /** Names the mailing; 100 characters at most. Default none. */
  readonly campaign?: string
  /** Milliseconds since 1970 after which the pixel says nothing any more. Default in 30 days. */
  readonly until?: number
}

const DAY = 86_400_000
const MAX_CAMPAIGN = 100

/**
 * Makes the address of a mail's pixel: it says `email_open` once, however often the mail is opened. Nobody can read from it to whom the mail
 * went, and nobody without the secret can make one.
 * @throws when something is missing or too long.
 */
export async function createPixelLink(options: PixelLinkOptions): Promise<string> {
  const { endpoint, secret, site = 'site', consent, campaign, until = Date.now() + 30 * DAY } = options
  if (!URL.canParse(endpoint ?? ''))
    throw new Error('[collector] createPixelLink: `endpoint` is no address. Give the whole one of the pixel.')
  if (!secret || secret.length < 32)
    throw new Error('[collector] createPixelLink: `secret` has fewer than 32 characters. Make a longer one.')
  const visitor = parseVisitorId(options.visitor)
  if (!visitor.ok) throw new Error(`[collector] createPixelLink: ${visitor.problems[0]?.message}`)
  if ((campaign?.length ?? 0) > MAX_CAMPAIGN)
    throw new Error(
      `[collector] createPixelLink: \`campaign\` has more than ${MAX_CAMPAIGN} characters. Give it a shorter name.`,
    )
  const mail = { visitor: visitor.value, consent, campaign, until: Math.floor(until / 1000) }
  const url = new URL(endpoint)
  url.searchParams.set('m', await sealMail(mail, { secret, site }))
  return url.href
}
