import { isObject, own } from '../result/json.ts'
import type { Context } from './context.ts'

/** The type of value a context path gives; `any` where only the site knows. */
export type ContextType = 'string' | 'number' | 'boolean' | 'any'

const TEXT = [
  'geo.country',
  'geo.region',
  'geo.city',
  'device.type',
  'device.os',
  'device.browser',
  'language',
  'url.host',
  'url.path',
  'utm.source',
  'utm.medium',
  'utm.campaign',
  'utm.term',
  'utm.content',
  'referrer.host',
]
const TYPES = new Map<string, ContextType>([
  ...TEXT.map((path) => [path, 'string'] as const),
  ['session.number', 'number'],
  ['session.pageViews', 'number'],
  ['session.seconds', 'number'],
  ['visitor.known', 'boolean'],
  ['visitor.returning', 'boolean'],
])

/** The type of a context path, or `undefined` for a path that does not exist. */
export function contextType(path: string): ContextType | undefined {
  if (path.length > 6 && path.startsWith('query.')) return 'string'
  if (path.length > 7 && path.startsWith('custom.')) return 'any'
  return TYPES.get(path)
}

/** Every path whose name is not the site's own. */
export function fixedPaths(): readonly string[] {
  return [...TYPES.keys()]
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
