import { type Context, readDevice, readLanguage } from '@attune/core'

const UTM = ['source', 'medium', 'campaign', 'term', 'content']

/** What a browser says of itself with every request, that of a socket too. */
export function browserContext(headers: Headers): Context {
  const language = readLanguage(headers.get('accept-language'))
  return { device: readDevice(headers), ...(language === undefined ? {} : { language }) }
}

/** What the address of a page tells, read as by the host that decides it; `{}` for one that is no address. */
export function addressContext(page: string | undefined): Context {
  if (page === undefined || !URL.canParse(page)) return {}
  const { host, pathname, searchParams } = new URL(page)
  // Of a name that stands twice the first counts; an empty value says nothing.
  const firsts = new Map([...searchParams].reverse())
  const query = Object.fromEntries([...firsts].filter(([, value]) => value !== ''))
  const utm = UTM.flatMap((name) => {
    const value = searchParams.get(`utm_${name}`)
    return value ? [[name, value] as const] : []
  })
  return { url: { host, path: pathname.replace(/(.)\/$/, '$1') }, query, utm: Object.fromEntries(utm) }
}
