import type { Consent, Context, DecisionQuestion } from '@attune/core'
import { readDevice, readLanguage, readSession } from '@attune/core'
import { readConsent } from '../consent/consent-cookie.ts'
import type { Purpose } from '../consent/purpose.ts'
import { safely } from '../safely.ts'
import type { KeptProfile } from './kept-profile.ts'

/** A visitor as this browser knows them, ready to be asked about. */
export type LocalVisitor = DecisionQuestion

// A visit ends after 30 minutes without anything happening: whoever was seen before that came back.
const RETURNING_SECONDS = 30 * 60

interface Hinted extends Navigator {
  readonly userAgentData?: { readonly mobile?: boolean; readonly platform?: string }
}

/** The page that says what happened. */
export interface Teller {
  readonly window: Window
  readonly consent: Consent
  /** Milliseconds. */
  readonly now: number
}

/** Reads what the visitor allowed, `unasked` while nobody asked. */
export function localConsent(window: Window, unasked: readonly Purpose[] = []): Consent {
  const purposes = readConsent(window, unasked) ?? []
  return Object.fromEntries(purposes.map((purpose) => [purpose, true]))
}

/** The visitor of a page now. Of the page itself nothing is in the context: what is asked holds for the pages to come. */
export function localVisitor(
  { visitor, history }: KeptProfile,
  { window, consent, now }: Teller,
): LocalVisitor {
  const { profile } = history
  const returning = profile.firstSeen !== null && profile.firstSeen < now / 1000 - RETURNING_SECONDS
  const context: Context = {
    device: safely(() => localDevice(window.navigator as Hinted)) ?? {},
    ...namedLanguage(window.navigator),
    url: { host: window.location.host },
    visitor: { known: true, returning },
    ...namedSession(window.document, now),
    utcOffset: -new Date(now).getTimezoneOffset(),
  }
  return { profile, context, consent, now, visitor: visitor || undefined }
}

function localDevice({ userAgent, userAgentData }: Hinted): Context['device'] & object {
  const headers = new Headers({ 'user-agent': userAgent })
  if (userAgentData?.mobile) headers.set('sec-ch-ua-mobile', '?1')
  if (userAgentData?.platform) headers.set('sec-ch-ua-platform', userAgentData.platform)
  return readDevice(headers)
}

function namedLanguage({ language }: Navigator): Pick<Context, 'language'> {
  const tag = readLanguage(language ?? null)
  return tag === undefined ? {} : { language: tag }
}

function namedSession(document: Document, now: number): Pick<Context, 'session'> {
  const cookies = safely(() => document.cookie) ?? ''
  const session = readSession(/(?:^|; )attune_session=([^;]*)/.exec(cookies)?.[1], now)
  return session === undefined ? {} : { session }
}
