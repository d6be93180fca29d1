import { isObject, own } from '../result/json.ts'
import type { Context } from './context.ts'

/** The type of value a context path gives; `any` where only the site knows. */
export type ContextType = 'string' | 'number' | 'boolean' | 'any'

// A plain object: where only readers are made, bundlers leave it out.
const TYPES: { readonly [path: string]: ContextType } = {
  'geo.country': 'string',
  'geo.region': 'string',
  'geo.city': 'string',
  'device.type': 'string',
  'device.os': 'string',
  'device.browser': 'string',
  language: 'string',
  'url.host': 'string',
  'url.path': 'string',
  'utm.source': 'string',
  'utm.medium': 'string',
  'utm.campaign': 'string',
  'utm.term': 'string',
  'utm.content': 'string',
  'referrer.host': 'string',
  'session.number': 'number',
  'session.pageViews': 'number',
  'session.seconds': 'number',
  'visitor.known': 'boolean',
  'visitor.returning': 'boolean',
}

/** The type of a context path, or `undefined` for a path that does not exist. */
export function contextType(path: string): ContextType | undefined {
  if (path.length > 6 && path.startsWith('query.')) return 'string'
  if (path.length > 7 && path.startsWith('custom.')) return 'any'
  return own(TYPES, path)
}

/** Every path whose name is not the site's own. */
export function fixedPaths(): readonly string[] {
  return Object.keys(TYPES)
}

/** Every context path, for messages and editors. */
export function contextPaths(): readonly string[] {
  return [...fixedPaths(), 'query.<name>', 'custom.<name>']
}

/** Makes the reader of a context path; the name after the first dot is taken whole (`query.a.b` is parameter `a.b`). */
export function contextReader(path: string): (context: Context) => unknown {
  const dot = path.indexOf('.')
  if (dot < 0) return (context) => own(context as { readonly [key: string]: unknown }, path)
  const group = path.slice(0, dot)
  const name = path.slice(dot + 1)
  // Only these two have names that people choose, and may choose to be those that objects inherit.
  const read = group === 'query' || group === 'custom' ? own<unknown> : member
  return (context) => {
    const members = (context as { readonly [key: string]: unknown })[group]
    return isObject(members) ? read(members, name) : undefined
  }
}

function member(members: { readonly [name: string]: unknown }, name: string): unknown {
  return members[name]
}
