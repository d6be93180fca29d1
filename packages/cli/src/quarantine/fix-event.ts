import { isObject, own } from '@attune/core'
import type { Fix, Fixes } from './fixes.ts'

/** Mends a refused event; one of a name that nothing mends stays as it is. */
export function fixEvent(event: unknown, fixes: Fixes): unknown {
  if (!isObject(event)) return event
  const name = own(event, 'name')
  const fix = typeof name === 'string' ? own(fixes, name) : undefined
  if (fix === undefined) return event
  const properties = own(event, 'properties')
  return {
    ...event,
    name: fix.name ?? name,
    properties: fixProperties(isObject(properties) ? properties : {}, fix),
  }
}

function fixProperties(
  given: { readonly [name: string]: unknown },
  { rename = {}, types = {}, set = {}, remove = [] }: Fix,
): { readonly [name: string]: unknown } {
  const named = Object.entries(given).map(([name, value]) => [own(rename, name) ?? name, value] as const)
  const typed = named.map(([name, value]) => [name, toType(value, own(types, name))] as const)
  const kept = typed.filter(([name, value]) => !remove.includes(name) && value !== null)
  return { ...set, ...Object.fromEntries(kept) }
}

// What cannot be read as the type stays: it is refused once more, and told of.
function toType(value: unknown, type: string | undefined): unknown {
  if (type === undefined || typeof value === type || value === null) return value
  if (type === 'string') return isObject(value) || Array.isArray(value) ? value : String(value)
  if (type === 'boolean')
    return value === 'true' || value === 1 ? true : value === 'false' || value === 0 ? false : value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : value
}
