/** An option that a factory was given, and what is expected of it. */
export interface GivenOption {
  /** The factory. */
  readonly from: string
  readonly option: string
  readonly value: unknown
  /** What to do instead, a sentence. */
  readonly cure: string
}

/** @throws when it is no number of milliseconds from `least` up. */
export function checkMilliseconds(from: string, option: string, value: unknown, least: number): void {
  if (typeof value === 'number' && value >= least) return
  throw wrongOption({ from, option, value, cure: `Give milliseconds, ${least} or more.` })
}

/** @throws when a value lacks one of the methods that are asked of it. */
export function checkMethods(given: GivenOption, methods: readonly string[]): void {
  const { value } = given
  if (typeof value === 'object' && value !== null && methods.every((method) => method in value)) return
  throw wrongOption(given)
}

/** The error of an option: it names factory, option, value and cure. */
export function wrongOption({ from, option, value, cure }: GivenOption): TypeError {
  return new TypeError(`[storage] ${from}: \`${option}\` is ${shown(value)}. ${cure}`)
}

// JSON says `null` of what is no number.
function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'function') return String(value).slice(0, 60)
  return (JSON.stringify(value) ?? String(value)).slice(0, 60)
}
