import { isTradeItem } from './is-card.ts'

const NORTH_AMERICAN = /^(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}$/
const DATE = /^\(?\d{1,2}([./-])\d{1,2}\1(?:(?:19|20)\d\d|\d\d)(?![./-]?\d)/
const YEAR_SECOND = /^\d{1,2}[./-](?:19|20)\d\d(?!\d)/

/**
 * Tells whether digits, with what people put between them, are a telephone number: international with `+` or `00`, national with the
 * leading `0` of most countries, or as North America writes it. Without any of these it cannot be told from an order number.
 */
export function isPhone(text: string): boolean {
  const start = text.startsWith('(') ? 1 : 0
  const first = text[start]
  if (first !== '+' && first !== '0') return NORTH_AMERICAN.test(text)
  const digits = text.replace(/\D/g, '')
  const isBare = digits.length === text.length
  if (first === '+') return digits.length >= 8 && digits.length <= 15 && !digits.startsWith('0')
  if (/^[1-9]/.test(text.slice(start + 1))) return isNational(text, digits, isBare)
  // Bar codes are padded with noughts.
  const isAbroad = /^0[1-9]/.test(text.slice(start + 1)) && !(isBare && isTradeItem(digits))
  return isAbroad && digits.length >= 10 && digits.length <= 17
}

// Bare trade item numbers have 12 to 14 digits and may begin with a nought; so do a few long mobile numbers.
function isNational(text: string, digits: string, isBare: boolean): boolean {
  if (isBare)
    return digits.length === 10 || digits.length === 11 || (digits.length === 12 && /^01[5-7]/.test(digits))
  return digits.length >= 9 && digits.length <= 13 && !DATE.test(text) && !YEAR_SECOND.test(text)
}
