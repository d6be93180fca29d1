// Beginnings and lengths of ISO/IEC 7812 as the card schemes publish them.
const SCHEMES: readonly (readonly [start: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|65|64[4-9])/, [16, 17, 18, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [16, 18, 19]],
]

/** Tells whether digits are the number of a payment card: a known scheme, its length, and the check digit (Luhn). */
export function isCard(digits: string): boolean {
  return (
    SCHEMES.some(([start, lengths]) => lengths.includes(digits.length) && start.test(digits)) &&
    weighDigits(digits, luhnWeight) === 0
  )
}

/** Tells whether digits are a trade item's number with its check digit (GTIN-12 or -13 of GS1, as bar codes carry them). */
export function isTradeItem(digits: string): boolean {
  return (digits.length === 12 || digits.length === 13) && weighDigits(digits, tradeWeight) === 0
}

function luhnWeight(digit: number, isOdd: boolean): number {
  const doubled = digit * 2
  return isOdd ? doubled - (doubled > 9 ? 9 : 0) : digit
}

function tradeWeight(digit: number, isOdd: boolean): number {
  return isOdd ? digit * 3 : digit
}

// From the right; the check digit itself is even.
function weighDigits(digits: string, weigh: (digit: number, isOdd: boolean) => number): number {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    sum += weigh(digits.charCodeAt(digits.length - 1 - at) - 48, at % 2 === 1)
  }
  return sum % 10
}
