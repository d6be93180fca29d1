/** Properties as an event of ours carries them. */
export type FlatProperties = { readonly [name: string]: string | number | boolean }

// What is money, a count or a place is often sent as text.
const NUMBERS: ReadonlySet<string> = new Set([
  'value',
  'price',
  'quantity',
  'tax',
  'shipping',
  'discount',
  'index',
  'item_count',
  'score',
  'level',
])
const NUMERIC = /^-?\d{1,15}(?:\.\d{1,10})?$/
// They name a person, or stand for one elsewhere.
const PERSONAL =
  /^(?:user_?(?:id|data|name)?|client_id|anonymous_?id|(?:[a-z_]*_)?(?:e_?mail|phone|first_?name|last_?name|full_?name)(?:_address|_number)?|(?:first|last|full)name|address|avatar|birthday|website|recipient|ip)$/i
// The collector refuses an event for them.
const FORBIDDEN = /^(?:constructor|prototype)$/
const KEY = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
// The collector takes no more.
const MOST = 32

/**
 * Makes flat properties of what another tool's event carries: texts, finite numbers and booleans stay, 32 at most; lists, objects and
 * what names a person are left out. Money and counts that were sent as text become numbers. Of one name the first source holds.
 */
export function flatten(...sources: readonly (object | undefined)[]): FlatProperties {
  const flat = new Map<string, string | number | boolean>()
  for (const source of sources) {
    for (const [key, value] of Object.entries(source ?? {})) {
      const name = key.trim().replace(/[\s-]+/g, '_')
      if (
        flat.size >= MOST ||
        flat.has(name) ||
        !KEY.test(name) ||
        FORBIDDEN.test(name) ||
        PERSONAL.test(name)
      )
        continue
      const kept = keep(name, value)
      if (kept !== undefined) flat.set(name, kept)
    }
  }
  return Object.fromEntries(flat)
}

function keep(name: string, value: unknown): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value === '') return undefined
  return NUMBERS.has(name) && NUMERIC.test(value) ? Number(value) : value
}
