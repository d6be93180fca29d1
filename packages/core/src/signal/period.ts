/** So many periods, the newest included, can be asked about. */
export const MAX_PERIODS = 60

const DAY = 86_400
// 1970-01-01 was a Thursday: the first whole ISO week began on the Monday three days before.
const MONDAY = 3

/** The index of the UTC day, or of the ISO week from Monday, in which a second lies. */
export function periodOf(period: 'day' | 'week', seconds: number): number {
  const day = Math.floor(seconds / DAY)
  return period === 'day' ? day : Math.floor((day + MONDAY) / 7)
}

/** The second at which a period begins. */
export function periodStart(period: 'day' | 'week', index: number): number {
  return (period === 'day' ? index : index * 7 - MONDAY) * DAY
}
