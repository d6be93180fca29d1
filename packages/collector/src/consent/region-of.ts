import type { Context } from '@attune/core'

/** Where a context says that the visitor is: `US-CA`, `US`, or nothing. A part without its country is nowhere. */
export function regionOf({ geo = {} }: Context): string | undefined {
  const { country, region } = geo
  if (country === undefined) return undefined
  // Hosts name the part of a country with the country's code before it or without.
  return region === undefined ? country : `${country}-${region.replace(`${country}-`, '')}`
}
