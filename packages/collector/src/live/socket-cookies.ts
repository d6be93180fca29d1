import { CONSENT_COOKIE, PIN_COOKIE, SESSION_COOKIE } from '../cookie-names.ts'

// Of ours, but for those that the page sends along as they are now.
const OURS = /^(?:__Host-)?attune_/
const TOLD: readonly string[] = [CONSENT_COOKIE, SESSION_COOKIE]
const PIN = new RegExp(`^(?:__Host-)?${PIN_COOKIE}=`)
// As browsers keep; a header past this is an attack.
const MOST_HEADER = 8_192

/** What is kept of the `Cookie` header with which a socket began. */
export function cookiesToKeep(header: string | null): string {
  if (header === null || header.length > MOST_HEADER) return ''
  const ours = header.split(';').filter((part) => {
    const name = part.split('=', 1)[0]!.trim()
    return OURS.test(name) && !TOLD.includes(name)
  })
  return ours.map((part) => part.trim()).join('; ')
}

/** Tells whether a `Set-Cookie` value is about the pin. */
export function isPin(setCookie: string): boolean {
  return PIN.test(setCookie)
}

/** The same cookies with the pin of a `Set-Cookie` value, as a browser would have it from then on. */
export function withPin(cookies: string, setCookie: string): string {
  const [pin = ''] = setCookie.split(';', 1)
  const rest = cookies.split('; ').filter((part) => part !== '' && !PIN.test(part))
  return [...rest, ...(pin.endsWith('=') ? [] : [pin])].join('; ')
}
