import { dateI18n, getSettings } from '@wordpress/date'

/** An instant as the site writes it; milliseconds since 1970, or RFC 3339. */
export function momentWords(instant: number | string): string {
  return dateI18n(getSettings().formats.datetime, new Date(instant))
}
