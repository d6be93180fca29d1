import { type SealKeys, seal, unseal } from '@attune/core'

/** What seals tickets, and for which site. */
export interface TicketSite {
  readonly keys: SealKeys
  readonly site: string
}

// From the answer to the first message takes milliseconds; two servers' clocks differ.
const FRESH_SECONDS = 60
const VISITOR_CHARACTERS = 22
const TICKET = /^[A-Za-z0-9_-]{22}[0-9a-z]{1,9}$/

/**
 * Writes the ticket with which a visitor's page opens a socket within the next minute. A page of another site cannot read it, and so cannot
 * use the cookies that a browser sends along with every socket. `now`: milliseconds.
 */
export function writeTicket({ keys, site }: TicketSite, visitor: string, now: number): string {
  return seal(keys, 'visitor', bindingOf(site), visitor + Math.floor(now / 1000).toString(36))
}

/** The visitor of a ticket of ours that is still good. */
export function readTicket({ keys, site }: TicketSite, ticket: string, now: number): string | undefined {
  if (ticket.length > 200) return undefined
  const payload = unseal(keys, 'visitor', bindingOf(site), ticket)
  if (payload === undefined || !TICKET.test(payload)) return undefined
  const issued = Number.parseInt(payload.slice(VISITOR_CHARACTERS), 36)
  if (Math.abs(now / 1000 - issued) > FRESH_SECONDS) return undefined
  return payload.slice(0, VISITOR_CHARACTERS)
}

// Apart from the id's own seal, so that neither passes for the other.
function bindingOf(site: string): string {
  return JSON.stringify([site, 'live'])
}
