const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** `12,345`. */
export function countText(count: number): string {
  return whole.format(count)
}

/** A rate: with a decimal below ten, `4.2`. */
export function rateText(rate: number): string {
  return (rate < 10 ? fine : whole).format(rate)
}

/** `98.2 %`; a dash of nothing. What is not all is never `100 %`, what is not nothing never `0 %`. */
export function shareText(part: number, all: number): string {
  if (all === 0) return '–'
  const percent = Math.round((1000 * part) / all) / 10
  if (percent === 100 && part < all) return '> 99.9 %'
  if (percent === 0 && part > 0) return '< 0.1 %'
  return percent === 0 || percent === 100 ? `${percent} %` : `${percent.toFixed(1)} %`
}

/** The time of day where the reader is: `20:41:03`. */
export function timeText(milliseconds: number): string {
  return clock.format(milliseconds)
}

/** `1 event`, `2 events`. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}
