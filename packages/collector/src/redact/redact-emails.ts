/** What stands for a mail address. */
export const EMAIL_MARK = '[email]'

const AT = /@|%40/gi
const LOCAL = /[\p{L}\p{N}._%+'!$&*^{|}~-]/u
const DOMAIN = /[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}-]{1,63})+/uy
const TOP = /\.(?:\p{L}{2,24}|xn--[a-z\d-]{2,59})$/iu
// A file name for fine screens: logo@2x.png.
const FILE = /\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|js|mjs)$/i
// RFC 5321, section 4.5.3.1.1.
const MAX_LOCAL = 64

/** Puts a mark in the place of mail addresses, also of those whose `@` is written `%40`. */
export function redactEmails(text: string): string {
  let shown = ''
  let from = 0
  for (const { 0: sign, index } of text.matchAll(AT)) {
    if (index < from) continue
    const start = startOfLocal(text, index, from)
    const end = start === index ? -1 : endOfDomain(text, index + sign.length)
    if (end === -1) continue
    shown += text.slice(from, start) + EMAIL_MARK
    from = end
  }
  return from === 0 ? text : shown + text.slice(from)
}

function startOfLocal(text: string, at: number, from: number): number {
  let start = at
  while (start > from && at - start < MAX_LOCAL && LOCAL.test(text[start - 1]!)) start--
  return start
}

// A domain has a name of letters at its end; what looks like a version or a file has none.
function endOfDomain(text: string, start: number): number {
  DOMAIN.lastIndex = start
  const domain = DOMAIN.exec(text)?.[0].replace(/-+$/, '')
  if (domain === undefined || !TOP.test(domain) || FILE.test(domain)) return -1
  return start + domain.length
}
