// What stands in a Next.js segment key holds no dots: neither `..` nor a second suffix hides in it.
const SUFFIX = /^(.*?)(\.rsc|\.segments(?:\/[\w$@!-]+)+\.segment(?:\.rsc)?)$/

/** A path without what a framework appended, and that. */
export interface StrippedPath {
  readonly path: string
  readonly suffix: string
}

/**
 * Takes off the suffixes by which Next.js asks for a page's data (`/cart.rsc`, `/cart.segments/_tree.segment.rsc`).
 * The root page is called `/index` there.
 */
export function stripFrameworkSuffix(pathname: string): StrippedPath {
  const [, path = pathname, suffix = ''] = SUFFIX.exec(pathname) ?? []
  const isRoot = suffix !== '' && (path === '' || path === '/index')
  return { path: isRoot ? '/' : path, suffix }
}
