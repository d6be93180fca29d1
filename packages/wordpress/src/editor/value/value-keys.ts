import { __ } from '@wordpress/i18n'

/** A value of the visit that may stand in a text. */
export interface ValueKey {
  readonly key: string
  readonly label: string
}

/** The values every site knows by itself; what a site adds is `custom.<name>`. */
export function valueKeys(): readonly ValueKey[] {
  return [
    { key: 'geo.city', label: __('City', 'attune') },
    { key: 'geo.region', label: __('Region', 'attune') },
    { key: 'geo.country', label: __('Country code', 'attune') },
    { key: 'language', label: __('Language', 'attune') },
    { key: 'device.type', label: __('Kind of device', 'attune') },
    { key: 'session.number', label: __('Number of visits', 'attune') },
    { key: 'utm.source', label: __('Campaign source', 'attune') },
    { key: 'utm.campaign', label: __('Campaign name', 'attune') },
    { key: 'referrer.host', label: __('Site they came from', 'attune') },
  ]
}

const CUSTOM = 'custom.'

/** The name of a site's own value, or undefined when it is one of those every site knows. */
export function customName(key: string): string | undefined {
  return key.startsWith(CUSTOM) ? key.slice(CUSTOM.length) : undefined
}

/** The key of a site's own value. */
export function customKey(name: string): string {
  return `${CUSTOM}${name.trim()}`
}
