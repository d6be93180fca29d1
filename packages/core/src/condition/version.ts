const VERSION = /^[0-9]+(?:\.[0-9]+)*$/

/**
 * A version: dotted digits, for example `2.10`. Missing parts are 0.
 * @pattern ^[0-9]+(\.[0-9]+)*$
 * @maxLength 256
 */
export type Version = string

/** Tells whether text is a version: dotted digits and nothing else. */
export function isVersion(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 256 && VERSION.test(text)
}

/** Compares versions part by part, missing parts being 0; `undefined` when either is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  if (!isVersion(a) || !isVersion(b)) return undefined
  const left = a.split('.')
  const right = b.split('.')
  const length = Math.max(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const order = compareDigits(left[at] ?? '0', right[at] ?? '0')
    if (order !== 0) return order
  }
  return 0
}

// Digits of any length: without leading zeros the longer is the larger.
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : left > right ? 1 : 0
}
