import { findCategory, findProduct } from './catalog.ts'

/** Tells whether the shop has a page at a path: without it, every made-up product would leave a cached 404. */
export function isPage(path: string, route: string): boolean {
  const slug = path.slice(path.lastIndexOf('/') + 1)
  if (route === '/product/[slug]') return findProduct(slug) !== undefined
  return route === '/category/[slug]' ? findCategory(slug) !== undefined : true
}
