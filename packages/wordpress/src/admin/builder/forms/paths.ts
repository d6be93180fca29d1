import type { Option } from '@wordpress/components'
import { __, sprintf } from '@wordpress/i18n'
import type { NamedTrait, Names } from '../../document/names.ts'
import type { ValueType } from '../fields/operators.ts'

interface ContextPath {
  readonly path: string
  readonly label: () => string
  /** Text when it is not said. */
  readonly type?: ValueType
  readonly values?: readonly string[]
}

const PATHS: readonly ContextPath[] = [
  { path: 'geo.country', label: () => __('Country', 'attune') },
  { path: 'geo.region', label: () => __('Region', 'attune') },
  { path: 'geo.city', label: () => __('City', 'attune') },
  {
    path: 'device.type',
    label: () => __('Device', 'attune'),
    values: ['mobile', 'tablet', 'desktop'],
  },
  {
    path: 'device.os',
    label: () => __('Operating system', 'attune'),
    values: ['ios', 'android', 'windows', 'chromeos', 'macos', 'linux'],
  },
  {
    path: 'device.browser',
    label: () => __('Browser', 'attune'),
    values: ['edge', 'opera', 'samsung', 'firefox', 'chrome', 'safari'],
  },
  { path: 'language', label: () => __('Language', 'attune') },
  { path: 'visitor.returning', label: () => __('Was here before', 'attune'), type: 'boolean' },
  { path: 'visitor.known', label: () => __('Is remembered', 'attune'), type: 'boolean' },
  { path: 'session.number', label: () => __('Number of this visit', 'attune'), type: 'number' },
  { path: 'session.pageViews', label: () => __('Pages viewed on this visit', 'attune'), type: 'number' },
  { path: 'session.seconds', label: () => __('Seconds on this visit', 'attune'), type: 'number' },
  { path: 'url.path', label: () => __('Path of the page', 'attune') },
  { path: 'url.host', label: () => __('Host of the page', 'attune') },
  { path: 'utm.source', label: () => __('Campaign source (utm_source)', 'attune') },
  { path: 'utm.medium', label: () => __('Campaign medium (utm_medium)', 'attune') },
  { path: 'utm.campaign', label: () => __('Campaign (utm_campaign)', 'attune') },
  { path: 'utm.term', label: () => __('Campaign term (utm_term)', 'attune') },
  { path: 'utm.content', label: () => __('Campaign content (utm_content)', 'attune') },
  { path: 'referrer.host', label: () => __('Site that they came from', 'attune') },
]

/** The paths that an event may have recorded, for `touch`. */
const RECORDED = /^(?:utm\.|referrer\.host$|url\.path$)/

/** Everything an `attr` may ask about. */
export function pathOptions({ traits }: Names): readonly Option[] {
  return [
    ...PATHS.map(optionOf),
    ...traits.map((trait) => ({ value: `trait.${trait.name}`, label: traitWords(trait) })),
    { value: 'query.', label: __('Parameter of the address…', 'attune') },
    { value: 'custom.', label: __('Value of the site’s own code…', 'attune') },
  ]
}

function traitWords({ name, sources }: NamedTrait): string {
  // translators: %s: name of a trait.
  if (sources.length === 0) return sprintf(__('Trait: %s', 'attune'), name)
  // translators: 1: name of a trait, 2: who is believed to tell it, such as "crm, browser".
  return sprintf(__('Trait: %1$s (told by %2$s)', 'attune'), name, sources.join(', '))
}

/** What `touch` may ask about. */
export function recordedOptions(): readonly Option[] {
  return PATHS.filter(({ path }) => RECORDED.test(path)).map(optionOf)
}

/** The type of what a path names. */
export function typeOfPath(path: string, { traits }: Names): ValueType {
  if (path.startsWith('custom.')) return 'any'
  if (path.startsWith('trait.')) {
    const type = traits.find(({ name }) => `trait.${name}` === path)?.type
    return type === 'number' || type === 'boolean' || type === 'list' ? type : 'string'
  }
  return PATHS.find((known) => known.path === path)?.type ?? 'string'
}

/** All values that a path may have, where they are few. */
export function knownValues(path: string): readonly string[] | undefined {
  return PATHS.find((known) => known.path === path)?.values
}

const optionOf = ({ path, label }: ContextPath): Option => ({ value: path, label: label() })
