// Who carries one of these is shown pages of their own, which WordPress makes.
const OWN_COOKIES =
  /(?:^|;\s*)(?:wordpress_logged_in_|wordpress_sec_|wp-postpass_|comment_author_|woocommerce_items_in_cart|wp_woocommerce_session_|edd_items_in_cart)/
const OWN_QUERY = ['attune_view', 'preview', 'customize_changeset_uuid', 'add-to-cart', 'wc-ajax', '_wpnonce']
const NO_PAGE =
  /^\/(?:wp-(?:admin|content|includes|json|login\.php|cron\.php|signup\.php|activate\.php)|xmlrpc\.php)(?:\/|$)/

/** Whether everybody may be shown the same page for this request, but for its placements. */
export function asksForSharedPage({ method, headers, url }: Request): boolean {
  const { pathname, searchParams } = new URL(url)
  if (method !== 'GET' || NO_PAGE.test(pathname)) return false
  if (headers.has('authorization') || headers.has('range')) return false
  return !OWN_COOKIES.test(headers.get('cookie') ?? '') && !OWN_QUERY.some((name) => searchParams.has(name))
}

// Ours, and those by which consent is said.
const HARMLESS_COOKIE = /^(?:(?:__Host-)?attune_|wp_consent_)/

/** Whether a visitor carries what a WordPress, or a plugin of it, may know them by. */
export function carriesOthersCookies({ headers }: Request): boolean {
  const names = (headers.get('cookie') ?? '').split(';').map((pair) => pair.split('=', 1)[0]!.trim())
  return names.some((name) => name !== '' && !HARMLESS_COOKIE.test(name))
}

/** The request as it may be decided: who said no to the WP Consent API, whatever our own cookie says, said no. */
export function withWordPressConsent(request: Request): Request {
  const cookies = request.headers.get('cookie') ?? ''
  if (!/(?:^|;\s*)wp_consent_preferences=deny(?:;|$)/.test(cookies)) return request
  const headers = new Headers(request.headers)
  headers.set('cookie', `${cookies.replace(/(^|;\s*)attune_consent=[^;]*/g, '$1')}; attune_consent=none`)
  return new Request(request.url, { method: request.method, headers })
}
