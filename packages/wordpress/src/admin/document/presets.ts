import type { JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'

/** A segment to begin with. */
export interface Preset {
  readonly key: string
  readonly label: () => string
  /** Who is in it, and what one would change. */
  readonly about: () => string
  readonly when: JsonObject
  /** The events that its condition names. */
  readonly events?: JsonObject
}

const PAGE_VIEW: JsonObject = { page_view: { properties: { page_path: 'string' } } }
const SHOP: JsonObject = { view_item: {}, add_to_cart: {}, purchase: {} }

/** The segments that most sites want first. */
export const PRESETS: readonly Preset[] = [
  {
    key: 'new-visitor',
    label: () => __('New visitor', 'attune'),
    about: () => __('Is here for the first time.', 'attune'),
    when: { attr: 'visitor.returning', is: false },
  },
  {
    key: 'returning',
    label: () => __('Returning visitor', 'attune'),
    about: () => __('Was here before, on another visit.', 'attune'),
    when: { attr: 'visitor.returning', is: true },
  },
  {
    key: 'high-intent',
    label: () => __('High purchase intent', 'attune'),
    about: () => __('Viewed three items within a week and did not buy since yesterday.', 'attune'),
    when: {
      all: [
        { count: 'view_item', within: '7d', atLeast: 3 },
        { not: { count: 'purchase', within: '24h', atLeast: 1 } },
      ],
    },
    events: SHOP,
  },
  {
    key: 'cart-abandoner',
    label: () => __('Left a cart behind', 'attune'),
    about: () => __('Put something into the cart an hour ago or longer, and bought nothing since.', 'attune'),
    when: { unfinished: 'add_to_cart', without: 'purchase', for: '1h', within: '7d' },
    events: SHOP,
  },
  {
    key: 'lapsed',
    label: () => __('Lapsed customer', 'attune'),
    about: () => __('Bought before, but not in the last 90 days.', 'attune'),
    when: { since: 'purchase', atLeast: '90d' },
    events: SHOP,
  },
  {
    key: 'loyal',
    label: () => __('Loyal customer', 'attune'),
    about: () => __('Bought at least three times.', 'attune'),
    when: { count: 'purchase', atLeast: 3 },
    events: SHOP,
  },
  {
    key: 'regular-reader',
    label: () => __('Regular reader', 'attune'),
    about: () => __('Came on three of the last seven days.', 'attune'),
    when: { regular: 'page_view', period: 'day', atLeast: 3, ofLast: 7 },
    events: PAGE_VIEW,
  },
  {
    key: 'newsletter',
    label: () => __('Newsletter visitor', 'attune'),
    about: () => __('Came by a link of the newsletter, now or the last time.', 'attune'),
    when: {
      any: [
        { attr: 'utm.source', is: 'newsletter' },
        { touch: 'last', of: 'utm.source', is: 'newsletter' },
      ],
    },
  },
  {
    key: 'country',
    label: () => __('From one country', 'attune'),
    about: () => __('Is in the United Kingdom or Ireland; choose your own countries.', 'attune'),
    when: { attr: 'geo.country', in: ['GB', 'IE'] },
  },
  {
    key: 'phone',
    label: () => __('On a phone', 'attune'),
    about: () => __('Looks at the site on a phone.', 'attune'),
    when: { attr: 'device.type', is: 'mobile' },
  },
  {
    key: 'weekend',
    label: () => __('At the weekend', 'attune'),
    about: () => __('Everybody, on Saturday and Sunday.', 'attune'),
    when: { when: { weekdays: ['sat', 'sun'] } },
  },
  {
    key: 'evening',
    label: () => __('In the evening', 'attune'),
    about: () => __('Everybody, from six in the evening to midnight.', 'attune'),
    when: { when: { hours: [18, 24] } },
  },
]
