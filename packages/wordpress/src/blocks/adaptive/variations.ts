import type { BlockVariation, InnerTemplate } from '@wordpress/blocks'
import { __ } from '@wordpress/i18n'
import { audienceIcon, cartIcon, clockIcon, flagIcon, splitIcon } from '../../editor/icons.tsx'
import type { Segment } from '../../editor/segments/segment.ts'
import { VARIANT, type VariantAttributes } from '../variant/variant.ts'
import type { AdaptiveAttributes } from './adaptive.ts'

/** What the inserter offers beside the plain block. Segments with a usual key are filled in where the site has them. */
export function variations(segments: readonly Segment[]): readonly BlockVariation[] {
  const known = (...keys: readonly string[]): readonly string[] =>
    keys.filter((key) => segments.some((segment) => segment.key === key)).slice(0, 1)
  return [
    {
      ...variation('attune-one-audience', {}, [variant('audience', {}, ''), byDefault()]),
      title: __('Show to one audience', 'attune'),
      icon: audienceIcon,
      description: __('Content that only one audience sees; everybody else sees nothing.', 'attune'),
      keywords: [__('hide', 'attune'), __('visibility', 'attune')],
    },
    {
      ...variation('attune-if-otherwise', {}, [variant('if', {}, ''), byDefault('')]),
      title: __('If / otherwise', 'attune'),
      description: __('One content for an audience, another for everybody else.', 'attune'),
      keywords: [__('condition', 'attune')],
    },
    {
      ...variation('attune-several-audiences', {}, [
        variant('first', {}, ''),
        variant('second', {}, ''),
        variant('third', {}, ''),
        byDefault(''),
      ]),
      title: __('Several audiences', 'attune'),
      description: __(
        'A content for each of three audiences, asked in order, and one for everybody else.',
        'attune',
      ),
    },
    {
      ...variation('attune-test', { strategy: 'experiment', label: __('A/B test', 'attune') }, [
        variant('b', { share: 0.5, label: 'B' }, ''),
        byDefault('', 'A'),
      ]),
      title: __('A/B test', 'attune'),
      icon: splitIcon,
      description: __('Half of the visitors see another content, always the same half.', 'attune'),
      keywords: [__('experiment', 'attune'), __('split', 'attune')],
    },
    {
      ...variation('attune-new-or-returning', { label: __('New or returning', 'attune') }, [
        variant(
          'returning',
          {
            segments: known('returning', 'returning-visitor', 'returning-visitors'),
            label: __('Returning', 'attune'),
          },
          __('Welcome back! Here is what is new since your last visit.', 'attune'),
        ),
        byDefault(__('New here? This is where to begin.', 'attune')),
      ]),
      title: __('New or returning', 'attune'),
      description: __('Greets visitors who came back differently from new ones.', 'attune'),
    },
    {
      ...variation('attune-scheduled', { label: __('Scheduled', 'attune') }, [
        variant('scheduled', { label: __('Scheduled', 'attune') }, __('Only for a few days.', 'attune')),
        byDefault(),
      ]),
      title: __('Scheduled announcement', 'attune'),
      icon: clockIcon,
      description: __('Content between two moments, for everybody or for an audience.', 'attune'),
      keywords: [__('sale', 'attune'), __('date', 'attune')],
    },
    {
      ...variation('attune-cart-reminder', { label: __('Cart reminder', 'attune') }, [
        variant(
          'cart',
          {
            segments: known('cart-waiting', 'cart-abandoner', 'cart-abandoned'),
            label: __('Cart waiting', 'attune'),
          },
          __('Your cart is still waiting for you.', 'attune'),
        ),
        byDefault(),
      ]),
      title: __('Cart reminder', 'attune'),
      icon: cartIcon,
      description: __('Reminds visitors of what they left in their cart.', 'attune'),
      keywords: [__('shop', 'attune')],
    },
    {
      // Where visitors are, only a request tells: a page that a cache keeps would show everybody the default.
      ...variation('attune-country-notice', { label: __('Country notice', 'attune'), delivery: 'server' }, [
        variant('country', { label: __('Country', 'attune') }, __('We deliver to your country.', 'attune')),
        byDefault(),
      ]),
      title: __('Country notice', 'attune'),
      icon: flagIcon,
      description: __('A word for visitors from some countries: delivery, prices, opening times.', 'attune'),
      keywords: [__('location', 'attune')],
    },
  ]
}

function variation(
  name: string,
  attributes: Partial<AdaptiveAttributes>,
  innerBlocks: InnerTemplate,
): Pick<BlockVariation, 'name' | 'attributes' | 'innerBlocks' | 'scope'> {
  return { name, attributes, innerBlocks, scope: ['inserter'] }
}

type Template = InnerTemplate[number]

function variant(key: string, attributes: Partial<VariantAttributes>, text: string): Template {
  return [VARIANT, { key, ...attributes }, [['core/paragraph', text === '' ? {} : { content: text }]]]
}

/** The default; without a text it has nothing in it. */
function byDefault(text?: string, label = ''): Template {
  const inner: InnerTemplate =
    text === undefined ? [] : [['core/paragraph', text === '' ? {} : { content: text }]]
  return [VARIANT, { key: 'default', isDefault: true, label }, inner]
}
