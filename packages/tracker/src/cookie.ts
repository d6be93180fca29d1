// 180 days.
const KEPT = 15_552_000

/**
 * Reads a cookie of this page; `undefined` without it. One that stands twice is empty: a sibling host may have planted one of them. Throws
 * in a sandboxed frame, which may not look at cookies.
 */
export function readCookie({ cookie }: Pick<Document, 'cookie'>, name: string): string | undefined {
  const [, value, twin] = `; ${cookie}`.split(`; ${name}=`)
  return twin === undefined ? value?.split(';')[0] : ''
}

/** Writes a cookie of the whole site that scripts and servers read; kept for `seconds`, by default 180 days, and gone at once with -1. */
export function writeCookie(
  { document, location }: Window,
  name: string,
  value: string,
  seconds: number = KEPT,
): void {
  // Only https: has a sixth letter.
  const secure = location.protocol[5] ? '; Secure' : ''
  document.cookie = `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${seconds}${secure}`
}
