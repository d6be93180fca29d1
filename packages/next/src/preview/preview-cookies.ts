import { HOST_PREFIX, PREVIEW_COOKIE } from '@attune/edge'

/** Tells the overlay's script, which cannot read the preview, that there is one. */
const MARKER_COOKIE = 'attune_preview_on'

/** The value of the preview cookie; empty when it is missing or stands twice. */
export function readPreviewCookie({ headers, url }: Request): string {
  const start = `${nameOf(url.startsWith('https:'))}=`
  const parts = (headers.get('cookie') ?? '').split(';').map((part) => part.trim())
  const values = parts.filter((part) => part.startsWith(start))
  return values.length === 1 ? values[0]!.slice(start.length) : ''
}

/**
 * The headers that begin, change or (with an empty token) end a preview.
 * @param seconds for how long
 */
export function previewHeaders(token: string, seconds: number, isSecure: boolean): Headers {
  const rest = `; Path=/; SameSite=Lax; Max-Age=${token === '' ? 0 : seconds}${isSecure ? '; Secure' : ''}`
  const headers = new Headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  headers.append('set-cookie', `${nameOf(isSecure)}=${token}${rest}; HttpOnly`)
  headers.append('set-cookie', `${MARKER_COOKIE}=1${rest}`)
  return headers
}

function nameOf(isSecure: boolean): string {
  return isSecure ? HOST_PREFIX + PREVIEW_COOKIE : PREVIEW_COOKIE
}
