import { readLanguage, type SealKeys, seal, unseal } from '@attune/core'

/** What seals tickets, and for which site. */
export interface TicketSite {
  readonly keys: SealKeys
  readonly site: string
}

/** What a ticket says. */
export interface Ticket {
  readonly visitor: string
  /** Headers with which it was asked for and which a socket begins without in some browsers: by their names in small letters. */
  readonly hints: Readonly<Record<string, string>>
}

// From the answer to the first message takes milliseconds; two servers' clocks differ.
const FRESH_SECONDS = 60
const TICKET = /^([\w-]{22})([0-9a-z]{1,9})(?:_([01]?)_([A-Za-z\d-]{0,20})_([A-Za-z\d-]{0,60}))?$/
const MOBILE = 'sec-ch-ua-mobile'
const PLATFORM = 'sec-ch-ua-platform'
const LANGUAGE = 'accept-language'

/**
 * Writes the ticket with which a visitor's page opens a socket within the next minute. A page of another site cannot read it, and so cannot
 * use the cookies that a browser sends along with every socket. `headers` are those of the request for it; `now`: milliseconds.
 */
export function writeTicket(
  { keys, site }: TicketSite,
  visitor: string,
  now: number,
  headers: Pick<Headers, 'get'>,
): string {
  const issued = Math.floor(now / 1000).toString(36)
  // Structured headers: `?1`, and a text in quotation marks; a seal holds neither those nor blanks.
  const mobile = headers.get(MOBILE)?.slice(1) ?? ''
  const platform = headers.get(PLATFORM)?.slice(1, -1).replaceAll(' ', '-') ?? ''
  const language = readLanguage(headers.get(LANGUAGE)) ?? ''
  const whole = `${visitor}${issued}_${mobile}_${platform}_${language}`
  return seal(keys, 'visitor', bindingOf(site), TICKET.test(whole) ? whole : visitor + issued)
}

/** What stands in a ticket of ours that is still good. */
export function readTicket({ keys, site }: TicketSite, ticket: string, now: number): Ticket | undefined {
  if (ticket.length > 300) return undefined
  const payload = unseal(keys, 'visitor', bindingOf(site), ticket)
  const [, visitor, issued = '', mobile, platform, language] = TICKET.exec(payload ?? '') ?? []
  if (visitor === undefined) return undefined
  if (Math.abs(now / 1000 - Number.parseInt(issued, 36)) > FRESH_SECONDS) return undefined
  const hints: Record<string, string> = {}
  if (mobile) hints[MOBILE] = `?${mobile}`
  if (platform) hints[PLATFORM] = `"${platform.replaceAll('-', ' ')}"`
  if (language) hints[LANGUAGE] = language
  return { visitor, hints }
}

// Apart from the id's own seal, so that neither passes for the other.
function bindingOf(site: string): string {
  return JSON.stringify([site, 'live'])
}
