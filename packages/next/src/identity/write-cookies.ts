/** What of `cookies()` of `next/headers` is written to. */
export interface CookieWriter {
  set(cookie: {
    readonly name: string
    readonly value: string
    readonly path: string
    readonly httpOnly: boolean
    readonly sameSite: 'lax'
    readonly secure: boolean
    readonly maxAge?: number
  }): unknown
}

/** Writes `Set-Cookie` values of a collector: all of them are of every path and sent by visits from elsewhere. */
export function writeCookies(writer: CookieWriter, setCookies: readonly string[]): void {
  for (const cookie of setCookies) {
    const [pair = '', ...attributes] = cookie.split('; ')
    const equals = pair.indexOf('=')
    const age = attributes.find((attribute) => attribute.startsWith('Max-Age='))
    writer.set({
      name: pair.slice(0, equals),
      value: pair.slice(equals + 1),
      path: '/',
      httpOnly: attributes.includes('HttpOnly'),
      sameSite: 'lax',
      secure: attributes.includes('Secure'),
      ...(age === undefined ? {} : { maxAge: Number(age.slice('Max-Age='.length)) }),
    })
  }
}
