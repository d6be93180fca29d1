const TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/

/** The first tag of an `Accept-Language` header as it stands (`en-GB`); `undefined` when there is none. */
export function readLanguage(header: string | null): string | undefined {
  const [tag = ''] = header?.split(/[,;]/, 1) ?? []
  return TAG.exec(tag.trim())?.[0]
}
