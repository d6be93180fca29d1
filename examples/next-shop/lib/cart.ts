import { useSyncExternalStore } from 'react'
import { findProduct, type Product } from './catalog.ts'
import { discountCode } from './discount.ts'
import { toPence } from './money.ts'

/** One line of the cart as it is kept: which product, which size, how many (1–20). */
export type CartLine = { readonly id: string; readonly size: string; readonly quantity: number }

/** What the visitor put aside, and the discount code they typed. */
export type Cart = { readonly lines: readonly CartLine[]; readonly code: string }

/** Sums in pounds; `dearest` is the product of the line with the highest value. */
export type CartTotals = {
  readonly items: number
  readonly subtotal: number
  readonly discount: number
  readonly total: number
  readonly dearest: Product | undefined
}

const key = 'fell-cart'
const mostOfOne = 20
const emptyCart: Cart = { lines: [], code: '' }
const listeners = new Set<() => void>()

// Storage may be switched off: then the cart lasts as long as the page.
let kept = ''
let parsed: Cart = emptyCart

function readText(): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return kept
  }
}

function parseLine(value: unknown): readonly CartLine[] {
  if (typeof value !== 'object' || value === null) return []
  const { id, size, quantity } = value as Record<string, unknown> // an object, its fields are checked next
  if (typeof id !== 'string' || !findProduct(id)) return []
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1) return []
  return [{ id, size: typeof size === 'string' ? size : '', quantity: Math.min(quantity, mostOfOne) }]
}

function parseCart(text: string): Cart {
  if (text === '') return emptyCart
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return emptyCart
    const { lines, code } = value as Record<string, unknown> // an object, its fields are checked next
    return {
      lines: Array.isArray(lines) ? lines.flatMap(parseLine) : [],
      code: code === discountCode.code ? code : '',
    }
  } catch {
    return emptyCart
  }
}

function readCart(): Cart {
  const text = readText()
  if (text !== kept) {
    kept = text
    parsed = parseCart(text)
  }
  return parsed
}

function writeCart(cart: Cart): void {
  const text = cart.lines.length === 0 ? '' : JSON.stringify(cart)
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Not kept on the device; the page still knows.
  }
  kept = text
  parsed = text === '' ? emptyCart : cart
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** The cart of this browser; null while the page is still the server's, which cannot know it. */
export function useCart(): Cart | null {
  return useSyncExternalStore(subscribe, readCart, () => null)
}

/** Adds `change` to the quantity of a product in a size, between 0 (which removes the line) and 20. */
export function changeCart(id: string, size: string, change: number): void {
  const cart = readCart()
  const at = cart.lines.findIndex((line) => line.id === id && line.size === size)
  const before = cart.lines[at]?.quantity ?? 0
  const line: CartLine = { id, size, quantity: Math.min(Math.max(before + change, 0), mostOfOne) }
  const lines = at < 0 ? [...cart.lines, line] : cart.lines.with(at, line)
  writeCart({ ...cart, lines: lines.filter(({ quantity }) => quantity > 0) })
}

/** Keeps a discount code; false if the shop does not know it. */
export function applyCode(text: string): boolean {
  const code = text.trim().toUpperCase()
  if (code !== discountCode.code) return false
  writeCart({ ...readCart(), code })
  return true
}

/** Forgets everything in the cart. */
export function emptyTheCart(): void {
  writeCart(emptyCart)
}

/** Adds up a cart. */
export function totalCart(cart: Cart): CartTotals {
  const lines = cart.lines.flatMap((line) => {
    const product = findProduct(line.id)
    return product ? [{ product, quantity: line.quantity, value: product.price * line.quantity }] : []
  })
  const subtotal = toPence(lines.reduce((sum, { value }) => sum + value, 0))
  const discount = cart.code === discountCode.code ? toPence(subtotal * discountCode.share) : 0
  return {
    items: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal,
    discount,
    total: toPence(subtotal - discount),
    dearest: lines.toSorted((a, b) => b.value - a.value)[0]?.product,
  }
}
