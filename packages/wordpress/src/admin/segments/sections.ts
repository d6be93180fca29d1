import type { JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'

/** A part of the document that defines names. */
export interface Section {
  readonly name: string
  readonly label: () => string
  readonly about: () => string
  readonly example: JsonObject
}

/** The parts of the document that define names, in its order. */
export const SECTIONS: readonly Section[] = [
  {
    name: 'events',
    label: () => __('Events', 'attune'),
    about: () =>
      __(
        'What visitors do, the properties that an event carries, and the consent purpose that it needs.',
        'attune',
      ),
    example: { page_view: { purpose: 'preferences', properties: { page_path: 'string' } } },
  },
  {
    name: 'traits',
    label: () => __('Traits', 'attune'),
    about: () =>
      __(
        'Lasting facts about a visitor, such as whether they take the newsletter. "sources" says who is believed to tell one, and whose word weighs more.',
        'attune',
      ),
    example: {
      newsletter: { type: 'boolean', purpose: 'preferences' },
      tier: { type: 'string', purpose: 'preferences', sources: { crm: 2, browser: 1 } },
    },
  },
  {
    name: 'scores',
    label: () => __('Scores', 'attune'),
    about: () => __('Points that events give and that fade with time.', 'attune'),
    example: { engagement: { halfLife: '14d', points: [{ event: 'page_view', points: 1 }] } },
  },
  {
    name: 'interests',
    label: () => __('Interests', 'attune'),
    about: () => __('What visitors are drawn to, told from a property of what they look at.', 'attune'),
    example: { page: { of: 'page_path', halfLife: '14d', points: { page_view: 1 } } },
  },
  {
    name: 'funnels',
    label: () => __('Funnels', 'attune'),
    about: () => __('Stages that visitors reach in order.', 'attune'),
    example: {
      checkout: {
        within: '30d',
        steps: [
          { stage: 'looking', event: 'view_item' },
          { stage: 'cart', event: 'add_to_cart' },
          { stage: 'customer', event: 'purchase' },
        ],
      },
    },
  },
  {
    name: 'rfm',
    label: () => __('Recency, frequency and value', 'attune'),
    about: () =>
      __('Bands from 1 to 5 for how lately, how often and for how much somebody bought.', 'attune'),
    example: {
      customers: {
        event: 'purchase',
        value: 'value',
        within: '365d',
        recency: [7, 30, 90, 180],
        frequency: [2, 3, 5, 10],
        monetary: [50, 100, 250, 1000],
      },
    },
  },
]
