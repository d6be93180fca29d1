const MAIL = /[^\s@]+@[^\s@]*/g
// With separators as people write them within telephone and card numbers.
const NUMBER = /\+[\s(]*(?:\p{Nd}[\s()./-]*){6,}\p{Nd}|(?:\p{Nd}[\s()./-]*){8,}\p{Nd}/gu

/**
 * The first 100 characters of a text without what looks like an e-mail address, a telephone number or a card number: digits, nine or
 * more of them, or seven after a `+`. A long product number is lost with them.
 */
export function redact(text: string): string {
  // Cut twice: what the first cut leaves of a number lies beyond the second.
  const clean = text.slice(0, 200).normalize('NFKC').replace(MAIL, '[email]').replace(NUMBER, '[number]')
  return clean.slice(0, 100)
}
