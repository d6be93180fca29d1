/** Pounds as people write them: `£149`, `£1,450`, `£22.50`. */
export function formatPounds(pounds: number): string {
  const pence = Math.round(pounds * 100)
  const whole = Math.floor(pence / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = pence % 100
  return rest === 0 ? `£${whole}` : `£${whole}.${rest.toString().padStart(2, '0')}`
}

/** Rounds a sum of pounds to whole pence, so that 0.1 + 0.2 never shows. */
export function toPence(pounds: number): number {
  return Math.round(pounds * 100) / 100
}
