import { HOST_PREFIX } from '../cookie-names.ts'

/** Writes a `Set-Cookie` value for an HttpOnly cookie of every path of this host; `maxAge` in seconds, else for the session. */
export function writeCookie(name: string, value: string, secure: boolean, maxAge?: number): string {
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  const rest = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${age}`
  return secure ? `${HOST_PREFIX}${rest}; Secure` : rest
}

/** Writes a `Set-Cookie` value for a cookie that scripts may read, of every path of this host; `maxAge` in seconds. */
export function writeOpenCookie(name: string, value: string, secure: boolean, maxAge: number): string {
  return `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
}

/** Writes the `Set-Cookie` value that takes a cookie away. */
export function clearCookie(name: string, secure: boolean): string {
  return writeCookie(name, '', secure, 0)
}
