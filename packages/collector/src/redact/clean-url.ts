// Where an address with a scheme begins; what stands in front of it would be part of the scheme.
const ABSOLUTE = /(?<![a-z\d+.-])[a-z][a-z\d+.-]{0,20}:\/\/[^\s"'<>]+/gi
// A query in an address without a scheme, or in none at all.
const QUERY = /\?(?=[\w.~%[\]-]{1,64}=)[^\s"'<>]*/g
const RELATIVE = /^\/[^\s"'<>]*$/

/** Takes the query, the fragment and who may go there out of every address in a text; of the query what `kept` names stays. */
export function cleanUrls(text: string, kept: ReadonlySet<string>): string {
  if (RELATIVE.test(text)) return cleanUrl(text, kept)
  return text
    .replace(ABSOLUTE, (url) => cleanUrl(url, kept))
    .replace(QUERY, (query) => filterQuery(query.slice(1), kept))
}

function cleanUrl(url: string, kept: ReadonlySet<string>): string {
  const [beforeFragment = ''] = url.split('#', 1)
  const at = beforeFragment.indexOf('?')
  const path = withoutUser(at === -1 ? beforeFragment : beforeFragment.slice(0, at))
  return at === -1 ? path : path + filterQuery(beforeFragment.slice(at + 1), kept)
}

function withoutUser(url: string): string {
  const start = url.indexOf('://') + 3
  if (start === 2) return url
  const slash = url.indexOf('/', start)
  const user = url.lastIndexOf('@', slash === -1 ? url.length : slash)
  return user < start ? url : url.slice(0, start) + url.slice(user + 1)
}

function filterQuery(query: string, kept: ReadonlySet<string>): string {
  const [beforeFragment = ''] = query.split('#', 1)
  const left = beforeFragment.split('&').filter((pair) => kept.has(pair.split('=', 1)[0]!.toLowerCase()))
  return left.length === 0 ? '' : `?${left.join('&')}`
}
