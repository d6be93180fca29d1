const DATED = /^(\d{4}-\d{2}-\d{2})\.(\d{1,6})$/

/**
 * A revision that was not there before: the day and a count, `2026-11-22.1`. `now` in milliseconds.
 * A day before that of `last` is not gone back to.
 */
export function nextRevision(last: string | null, now: number): string {
  const today = new Date(now).toISOString().slice(0, 10)
  const [, day, count] = DATED.exec(last ?? '') ?? []
  return day === undefined || day < today ? `${today}.1` : `${day}.${Number(count) + 1}`
}
