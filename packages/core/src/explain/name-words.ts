const PATHS: { readonly [path: string]: string } = {
  'geo.country': 'the country',
  'geo.region': 'the region',
  'geo.city': 'the city',
  'device.type': 'the device',
  'device.os': 'the operating system',
  'device.browser': 'the browser',
  language: 'the language',
  'url.host': 'the host of the page',
  'url.path': 'the path of the page',
  'utm.source': 'the campaign source',
  'utm.medium': 'the campaign medium',
  'utm.campaign': 'the campaign',
  'utm.term': 'the campaign term',
  'utm.content': 'the campaign content',
  'referrer.host': 'the referring site',
  'session.number': 'the number of visits',
  'session.pageViews': 'the number of page views in this visit',
  'session.seconds': 'the number of seconds in this visit',
  'visitor.known': 'whether the visitor is known',
  'visitor.returning': 'whether the visitor is back',
}
const GROUPS: { readonly [group: string]: string } = {
  query: 'the query parameter',
  custom: 'the site’s value',
  trait: 'the trait',
}

/** What a path of `attr` is called: "the country", "the trait newsletter". */
export function pathWords(path: string): string {
  if (Object.hasOwn(PATHS, path)) return PATHS[path]!
  const dot = path.indexOf('.')
  const group = path.slice(0, dot)
  return Object.hasOwn(GROUPS, group) ? `${GROUPS[group]} ${nameWords(path.slice(dot + 1))}` : nameWords(path)
}

/** What an event property is called: "category" for `item_category`, "item id" for `item_id`. */
export function propertyWords(property: string): string {
  const plain = property.startsWith('item_') && property !== 'item_id' ? property.slice(5) : property
  return nameWords(plain.replaceAll('_', ' '))
}

/** More than one of a property: "categories", "item ids". */
export function propertiesWords(property: string): string {
  const words = propertyWords(property)
  if (words.endsWith('"')) return `values of ${words}`
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`
  return /(?:s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`
}

/** A name that people chose, in quotes where it could be taken for other words. */
export function nameWords(name: string): string {
  return /^[\p{L}\p{N}_-]+(?: [\p{L}\p{N}_-]+)*$/u.test(name) ? name : JSON.stringify(name)
}
