import { HOST_PREFIX } from './cookie-names.ts'

/** Writes a `Set-Cookie` value for an HttpOnly cookie of the session, for every path of this host. */
export function writeCookie(name: string, value: string, secure: boolean): string {
  const rest = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`
  return secure ? `${HOST_PREFIX}${rest}; Secure` : rest
}

/** Writes the `Set-Cookie` value that takes a cookie away. */
export function clearCookie(name: string, secure: boolean): string {
  return `${writeCookie(name, '', secure)}; Max-Age=0`
}
