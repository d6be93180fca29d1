import { type Context, isObject, own } from '@attune/core'

/**
 * Puts into `<span class="attune-value" data-attune-key="geo.city">your area</span>` what this browser knows; what it does not know keeps its
 * fallback.
 */
export function fillValues(document: Document, context: Context): void {
  for (const element of document.querySelectorAll<HTMLElement>('.attune-value[data-attune-key]')) {
    const value = valueAt(context, element.dataset.attuneKey ?? '')
    if (value !== undefined) element.textContent = value
  }
}

function valueAt(context: Context, path: string): string | undefined {
  const [group = '', ...rest] = path.split('.')
  const members = own(context as { readonly [group: string]: unknown }, group)
  const value = rest.length > 0 && isObject(members) ? own(members, rest.join('.')) : members
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
