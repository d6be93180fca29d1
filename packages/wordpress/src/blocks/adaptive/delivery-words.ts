import { __, _n, sprintf } from '@wordpress/i18n'
import type { Segment, SegmentScope } from '../../editor/segments/segment.ts'
import type { VariantAttributes } from '../variant/variant.ts'
import type { AdaptiveAttributes, Delivery } from './adaptive.ts'

/** What of a placement decides how it may be delivered. */
export interface Delivered {
  readonly attributes: Pick<AdaptiveAttributes, 'delivery' | 'strategy'>
  readonly variants: readonly Pick<VariantAttributes, 'segments' | 'isDefault'>[]
}

/** What can be chosen, `auto` first. */
export function deliveryOptions(): readonly { readonly value: Delivery; readonly label: string }[] {
  return [
    { value: 'auto', label: __('Automatic', 'attune') },
    { value: 'server', label: __('On the server', 'attune') },
    { value: 'inline', label: __('In the browser, before it paints', 'attune') },
    { value: 'fragment', label: __('Fetched by the browser', 'attune') },
    { value: 'edge', label: __('At the edge', 'attune') },
    { value: 'static', label: __('Default only', 'attune') },
  ]
}

/** One true sentence on what the way of delivery means for this placement. */
export function deliveryWords(placement: Delivered, segments: readonly Segment[]): string {
  switch (placement.attributes.delivery) {
    case 'server':
      return serverWords(widestScope(placement, segments))
    case 'inline':
      return publicWords(placement.variants.length)
    case 'fragment':
      return __(
        'The default is in the page; the right variant is fetched once the page has loaded.',
        'attune',
      )
    case 'edge':
      return __(
        'Chosen before the page is sent, if a trusted edge asks for it; otherwise as automatic.',
        'attune',
      )
    case 'static':
      return __('Everybody sees the default.', 'attune')
    default:
      return automaticWords(placement, segments)
  }
}

function automaticWords(placement: Delivered, segments: readonly Segment[]): string {
  if (widestScope(placement, segments) === 'static') {
    return __('Chosen on the server: no visitor downloads another variant.', 'attune')
  }
  const secrets = usedSegments(placement, segments).filter(({ confidential }) => confidential)
  if (secrets.some(({ cached }) => !cached)) {
    return __(
      'A confidential variant is never in the page. Where the page is cached nobody sees it either, since the site has no collector.',
      'attune',
    )
  }
  if (secrets.length > 0) {
    return __('Fetched once the page has loaded: a confidential variant is never in the page.', 'attune')
  }
  return sprintf(
    // translators: %s: a sentence on what is in the page's source.
    __('On the server where a page is not cached. Where it is, in the browser. %s', 'attune'),
    publicWords(placement.variants.length),
  )
}

function serverWords(scope: SegmentScope): string {
  if (scope === 'static') return __('Chosen on the server. The page stays cacheable.', 'attune')
  if (scope === 'coarse') {
    return __(
      'Chosen on the server. The page is cached only where the cache tells these visitors apart.',
      'attune',
    )
  }
  return __(
    'Not cacheable: pages with this block bypass your page cache, since it depends on the visitor.',
    'attune',
  )
}

function publicWords(count: number): string {
  return sprintf(
    // translators: %d: how many variants there are.
    _n(
      '%d variant is public in the page source.',
      'All %d variants are public in the page source.',
      count,
      'attune',
    ),
    count,
  )
}

const WIDTH: readonly SegmentScope[] = ['static', 'coarse', 'private']

function widestScope(placement: Delivered, segments: readonly Segment[]): SegmentScope {
  // Buckets are the visitor's own.
  if (placement.attributes.strategy === 'experiment') return 'private'
  const scopes = usedSegments(placement, segments).map(({ scope }) => scope)
  return WIDTH.findLast((scope) => scopes.includes(scope)) ?? 'static'
}

function usedSegments({ variants }: Delivered, segments: readonly Segment[]): readonly Segment[] {
  const used = new Set(variants.filter(({ isDefault }) => !isDefault).flatMap((variant) => variant.segments))
  return segments.filter(({ key }) => used.has(key))
}
