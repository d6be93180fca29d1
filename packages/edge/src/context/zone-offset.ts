import { zoneOffset } from '@attune/core'

/** Minutes east of UTC in an IANA zone at an instant (milliseconds); `undefined` for an unknown zone. */
export function zoneOffsetMinutes(timezone: string | undefined, now: number): number | undefined {
  if (timezone === undefined) return undefined
  try {
    return Math.round(zoneOffset(timezone)(Math.floor(now / 1000)) / 60)
  } catch {
    return undefined
  }
}
